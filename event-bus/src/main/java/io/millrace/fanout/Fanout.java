package io.millrace.fanout;

import io.micrometer.core.instrument.Tag;
import io.millrace.control.Revocations;
import io.millrace.event.Event;
import io.millrace.event.Route;
import io.millrace.sse.ResetReason;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.Meters;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Where the poll thread meets the event loops: after each batch it wakes the lanes that have
 * followers for it. All that is handed over is "read on from here", so nothing can pile up.
 */
public final class Fanout {

  private final Interest interest = new Interest();
  private final Map<Executor, Shard> shards = new ConcurrentHashMap<>();
  private final TailLog tail;
  private final ReplaySource past;
  private final ShardSettings settings;
  private final Meters meters;

  /**
   * @param past where subscribers go whose cursor is older than the tail
   */
  public Fanout(TailLog tail, ReplaySource past, ShardSettings settings, Meters meters) {
    this.tail = tail;
    this.past = past;
    this.settings = settings;
    this.meters = meters;
    meters.gauge("millrace.subscribers", "Open streams", this::subscribers);
    for (State state : List.of(State.CATCHING_UP, State.STALLED, State.WAITING)) {
      meters.gauge(
          "millrace.subscribers.behind",
          "Open streams that are behind their topic, by what they wait for",
          List.of(Tag.of("state", state.text())),
          () -> shards.values().stream().mapToInt(shard -> shard.size(state)).sum());
    }
    meters.gauge("millrace.routes", "Routes that somebody wants", interest::size);
  }

  /** The shard of an event loop, made when first asked for. Any thread. */
  public Shard shard(Executor loop) {
    return shards.computeIfAbsent(
        loop, added -> new Shard(added, tail, interest, past, settings, meters));
  }

  /** Any thread. */
  public Collection<Shard> shards() {
    return List.copyOf(shards.values());
  }

  /** Tells those concerned of events just appended to the tail. Poll thread. */
  public void publish(long firstSeq, List<Event> events) {
    VarHandle.fullFence();
    long seq = firstSeq;
    for (Event event : events) {
      for (Route route : event.routes()) {
        for (Lane lane : interest.of(route)) {
          lane.wake(seq, !event.part().isDelta());
        }
      }
      seq++;
    }
  }

  /** Every stream is told that continuity is gone. Poll thread, after the tail started anew. */
  public void resetAll(ResetReason reason) {
    shards.values().forEach(shard -> shard.resetAll(reason));
  }

  /**
   * The tail skipped something of its topic: those it leads go back for that, or are told that it
   * is gone. Poll thread, after the tail started anew.
   */
  public void lookAgain() {
    shards.values().forEach(Shard::lookAgain);
  }

  /** Ends the streams that revocations, or ends of conversations, are about. Any thread. */
  public void enforce(Revocations revocations) {
    for (Shard shard : shards.values()) {
      shard.forEach(new Enforcement(shard, revocations)::check);
    }
  }

  private int subscribers() {
    return shards.values().stream().mapToInt(Shard::size).sum();
  }
}
