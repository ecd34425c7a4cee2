package io.millrace.e2e.breaker.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One connection of a client, as the client saw it: what it asked for, each frame it took, how it
 * ended. Written by the client's thread, read by the schedule's.
 */
public final class Visit {

  /** Of server-sent events without a name. */
  public static final String UNNAMED = "message";

  /** What a tally counts an event as. */
  public static final String DELIVERY = "delivery";

  private static final Pattern REASON = Pattern.compile("\"reason\":\"([^\"]+)\"");

  private static final long NEVER = Long.MAX_VALUE;

  /**
   * A frame that was taken whole.
   *
   * @param nanos when
   */
  public record Frame(String id, String event, String data, long nanos) {

    public boolean isControl() {
      return event.startsWith("stream.");
    }

    /** The reason a control event gives; empty when none. */
    public String reason() {
      Matcher reason = REASON.matcher(data);
      return reason.find() ? reason.group(1) : "";
    }

    /** What a tally counts it as. */
    public String kind() {
      return isControl() ? event + " " + reason() : DELIVERY;
    }
  }

  private final int replica;
  private final String sentId;
  private final Set<String> scopes;
  private final List<Frame> frames = new ArrayList<>();
  private long readyNanos = NEVER;
  private Optional<String> ending = Optional.empty();

  /**
   * @param sentId the Last-Event-ID; empty: none
   * @param scopes what it asked for, and so all it may be given
   */
  public Visit(int replica, String sentId, Set<String> scopes) {
    this.replica = replica;
    this.sentId = sentId;
    this.scopes = Set.copyOf(scopes);
  }

  public String sentId() {
    return sentId;
  }

  public Set<String> scopes() {
    return scopes;
  }

  public synchronized void ready(long nanos) {
    readyNanos = nanos;
  }

  public synchronized boolean isReady() {
    return readyNanos != NEVER;
  }

  /** What was published after this must come. */
  public synchronized boolean wasReadyBefore(long nanos) {
    return readyNanos < nanos;
  }

  public synchronized void take(Frame frame) {
    frames.add(frame);
  }

  public synchronized List<Frame> frames() {
    return List.copyOf(frames);
  }

  /** The last id its holder has: one that came, else the one it came with. */
  public synchronized String heldId() {
    return frames.isEmpty() ? sentId : frames.get(frames.size() - 1).id();
  }

  public synchronized void end(String how) {
    ending = Optional.of(how);
  }

  /** The token it came with was void. */
  public synchronized boolean wasRefused() {
    return ending.filter(how -> how.contains(" 401 ")).isPresent();
  }

  public synchronized boolean isOpen() {
    return ending.isEmpty();
  }

  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder();
    text.append("to replica ").append(replica).append(" with ");
    text.append(
        sentId.isEmpty() ? "no id" : sentId + Id.parse(sentId).map(Id::next).orElse(List.of()));
    text.append(" for ").append(scopes).append(isReady() ? ": ready\n" : ": not ready\n");
    for (Frame frame : frames) {
      text.append("    ").append(frame.event()).append(' ');
      text.append(Id.parse(frame.id()).map(id -> id.next().toString()).orElse(frame.id()));
      text.append(' ').append(frame.data(), 0, Math.min(60, frame.data().length())).append('\n');
    }
    return text.append("  ended: ").append(ending.orElse("no")).append('\n').toString();
  }
}
