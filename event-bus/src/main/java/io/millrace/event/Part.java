package io.millrace.event;

/**
 * What an event is to the run of an agent, read once from its record. The poll thread places it in
 * its runs; event loops merge deltas by it. Immutable.
 *
 * @param kind what it does
 * @param run the innermost run it is of; empty where it names none
 * @param parent the run around that one; empty where it names none
 * @param delta where its text stands, if it is a {@link Kind#DELTA}
 */
public record Part(Kind kind, String run, String parent, Delta delta) {

  /** Of no run, as far as it says. */
  public static final Part NONE = new Part(Kind.NONE, "", "", Delta.NONE);

  /** What an event does to a run. */
  public enum Kind {
    /** Nothing: it names no run and is of no vocabulary that has them. */
    NONE,
    /** Begins it. */
    START,
    /** Begins a subagent inside it. */
    START_NESTED,
    /** Is one of its events. */
    MEMBER,
    /** Is a piece of a text that may be merged with its neighbours. */
    DELTA,
    /** Should be a piece of a text, and has not the fields of one: passed on as it is. */
    MALFORMED_DELTA,
    /** Ends it. */
    END
  }

  /**
   * Where the text of a delta stands in the data of its event, between the quotes, and where its
   * timestamp does: offsets in bytes.
   *
   * @param stampFrom equal to {@code stampTo} where there is no timestamp
   */
  public record Delta(int from, int to, int stampFrom, int stampTo) {
    static final Delta NONE = new Delta(0, 0, 0, 0);
  }

  public static Part of(Kind kind, String run, String parent) {
    return new Part(kind, run, parent, Delta.NONE);
  }

  public boolean isDelta() {
    return kind == Kind.DELTA;
  }

  /** The same, of this run. */
  public Part in(String inferred) {
    return new Part(kind, inferred, parent, delta);
  }
}
