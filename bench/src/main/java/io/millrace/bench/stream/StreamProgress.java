package io.millrace.bench.stream;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one client has received over all its connections, checked against what it must receive:
 * every event, once, in order. Its event loop.
 */
public final class StreamProgress {

  /** What a client waits that was told nothing. */
  private static final Duration DEFAULT_RETRY = Duration.ofSeconds(3);

  private final LoopTally tally;
  private final boolean sampled;

  /** Null for a client that will not come back, and need not know ids. */
  private final @Nullable LastId lastId;

  private long received;
  private long next;
  private long missing;
  private long repeated;
  private long control;
  private long resets;
  private boolean resetBefore;
  private boolean reconnectAnnounced;
  private boolean busy;
  private String controlName = "";
  private Duration retry = DEFAULT_RETRY;
  private int eventsOfRead;
  private long goal = Long.MAX_VALUE;
  private Runnable atGoal = () -> {};

  /**
   * @param first sequence number of the first event it must receive
   * @param sampled whether latency is recorded; one clock read per socket read is too much for
   *     every client
   * @param resumes whether it will come back with the id of the last event
   */
  public StreamProgress(LoopTally tally, long first, boolean sampled, boolean resumes) {
    this.tally = tally;
    this.next = first;
    this.sampled = sampled;
    this.lastId = resumes ? new LastId() : null;
  }

  boolean sampled() {
    return sampled;
  }

  void id(ByteBuf in, int start, int length) {
    if (lastId != null) {
      lastId.read(in, start, length);
    }
  }

  void event(long sequence) {
    eventsOfRead++;
    received++;
    if (lastId != null) {
      lastId.commit();
    }
    if (sequence == next) {
      next++;
    } else if (sequence > next) {
      missing += resetBefore ? 0 : sequence - next;
      next = sequence + 1;
    } else {
      repeated++;
    }
    resetBefore = false;
    if (next >= goal) {
      reachedGoal();
    }
  }

  /** Calls {@code then} once, when every event before {@code goal} is here. */
  public void onReaching(long goal, Runnable then) {
    this.goal = goal;
    this.atGoal = then;
    if (next >= goal) {
      reachedGoal();
    }
  }

  private void reachedGoal() {
    goal = Long.MAX_VALUE;
    Runnable then = atGoal;
    atGoal = () -> {};
    then.run();
  }

  void latency(long nanos) {
    tally.latency(nanos);
  }

  void controlName(String name) {
    controlName = name;
  }

  /**
   * An event that nobody published, such as {@code stream.reset}. A {@code stream.checkpoint} only
   * brings an id and says nothing.
   */
  void controlEvent() {
    if (lastId != null) {
      lastId.commit();
    }
    switch (controlName) {
      case "stream.checkpoint" -> {}
      case "stream.reconnect" -> {
        control++;
        reconnectAnnounced = true;
      }
      case "stream.reset" -> {
        control++;
        resets++;
        resetBefore = true;
      }
      default -> control++;
    }
    controlName = "";
  }

  void retry(Duration told) {
    retry = told;
  }

  void busy() {
    busy = true;
  }

  public void readDone(int size) {
    tally.read(eventsOfRead, size);
    eventsOfRead = 0;
  }

  /** A new connection begins. */
  public void connecting() {
    busy = false;
    reconnectAnnounced = false;
    controlName = "";
    if (lastId != null) {
      lastId.cutOff();
    }
  }

  public boolean isBusy() {
    return busy;
  }

  /** Whether the server said {@code stream.reconnect} on this connection. */
  public boolean isReconnectAnnounced() {
    return reconnectAnnounced;
  }

  /** How long the server said to wait before coming back. */
  public Duration retry() {
    return retry;
  }

  public Optional<String> lastEventId() {
    return lastId == null ? Optional.empty() : lastId.text();
  }

  long received() {
    return received;
  }

  long control() {
    return control;
  }

  long repeated() {
    return repeated;
  }

  long resets() {
    return resets;
  }

  /**
   * Events that did not come and were not given up by a {@code stream.reset} either.
   *
   * @param published sequence number after the last that was published for it
   */
  long missing(long published) {
    return missing + (resetBefore ? 0 : Math.max(0, published - next));
  }
}
