package io.millrace.cli.conformance;

/**
 * One sentence of the contract that can be seen from outside.
 *
 * @param id its name, {@code group.name}; stable, so that a pipeline can name it
 * @param clause where the contract says so, such as {@code §2}
 * @param sentence what must hold
 * @param need what it takes to see it
 */
public record Check(String id, String clause, String sentence, Need need, Body body) {

  /** What a check needs beyond a URL and a token. */
  public enum Need {
    NOTHING(""),
    /** Something that publishes. */
    PUBLISHING("no way to publish"),
    /** Something that publishes over HTTP. */
    POSTING("no --publish-token"),
    /** An origin that may read. */
    ORIGIN("no --origin");

    private final String lack;

    Need(String lack) {
      this.lack = lack;
    }

    /** Why the check was skipped. */
    public String lack() {
      return lack;
    }
  }

  /** Returns when the sentence holds. */
  @FunctionalInterface
  public interface Body {
    /**
     * @throws io.millrace.cli.conformance.wire.Violation when it does not hold
     * @throws io.millrace.cli.conformance.wire.Inapplicable when that can't be seen
     * @throws java.io.IOException when the deployment is out of reach
     */
    void run(Trial trial) throws Exception;
  }

  /** The part of the id before the dot. */
  public String group() {
    return id.substring(0, id.indexOf('.'));
  }
}
