package io.millrace.kafka.replay;

import io.millrace.config.MillraceConfig;
import io.millrace.config.ReplayConfig;
import io.millrace.event.Event;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.fanout.Replay;
import io.millrace.fanout.Rider;
import io.millrace.kafka.record.MalformedRecordException;
import io.millrace.kafka.record.RecordDecoder;
import io.millrace.kafka.topic.TopicConsumer;
import io.millrace.run.PastRuns;
import io.millrace.run.RunIndex;
import io.millrace.sse.ResetReason;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.EventBusLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;

/**
 * One read of the log, from the oldest of its riders on until the tail takes over. Replay thread.
 */
final class ReplayScan {

  /** Why it ended. */
  enum Outcome {
    /** The tail goes on from here. */
    TAIL,
    /** Others wait who could not get on. */
    TIME,
    /** No rider took anything for a while. */
    STALLED,
    /** All riders left. */
    UNWANTED,
    FAILED,
    CLOSED;

    /** The form in metrics. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Where it leads to, what it makes of records, and who may get on.
   *
   * @param tail to be reached
   * @param decoder makes events of records
   * @param index knows of which runs they are
   * @param waiting those in line
   */
  record Source(TailLog tail, RecordDecoder decoder, RunIndex index, WaitingRiders waiting) {}

  private static final Duration POLL = Duration.ofMillis(100);

  /** How often to look whether riders have made room. */
  private static final long ROOM_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** Records between two looks at how far the riders are. */
  private static final int CHECK_EVERY = 64;

  /** Rest after each batch when one rides alone, in times of the work it took. */
  private static final int REST = 2;

  /** Age does not end a replay's events: what riders have read does. */
  private static final Duration NO_AGE_LIMIT = Duration.ofDays(1);

  private final TopicConsumer consumer;
  private final Source source;
  private final ReplayConfig limits;
  private final InstantSource clock;
  private final TailLog log;
  private final Replay replay;
  private final PastRuns runs;
  private final Set<Route> wanted = new HashSet<>();

  /** Everything before these offsets was looked at. */
  private long[] lookedAt = {};

  private long records;
  private Optional<KafkaException> failure = Optional.empty();

  ReplayScan(TopicConsumer consumer, Source source, MillraceConfig config, InstantSource clock) {
    this.consumer = consumer;
    this.source = source;
    this.limits = config.replay();
    this.clock = clock;
    this.log = new TailLog(limits.windowBytes().asLongValue(), NO_AGE_LIMIT, clock);
    this.replay = new Replay(log);
    this.runs = new PastRuns(source.index());
  }

  /** Records looked at. */
  long records() {
    return records;
  }

  Optional<KafkaException> failure() {
    return failure;
  }

  /**
   * Reads until one of the outcomes; then all riders go on by themselves.
   *
   * @param ends where the log ends: a cursor beyond it is no place to read from
   */
  Outcome run(List<Rider> riders, Positions ends, BooleanSupplier goesOn) {
    Positions start = riders.stream().map(Rider::from).reduce(ends, Positions::min);
    lookedAt = start.copy(consumer.partitions());
    log.start(source.tail().epoch(), start);
    riders.forEach(this::board);
    try {
      consumer.seek(start);
      return read(goesOn);
    } catch (KafkaException broken) {
      failure = Optional.of(broken);
      return Outcome.FAILED;
    } finally {
      replay.finish(Positions.of(lookedAt));
    }
  }

  private void board(Rider rider) {
    if (!runs.knows(rider.routes())) {
      // Which events are of a forgotten run can't be told, so none may pass for all of them.
      rider.reset(ResetReason.EXPIRED);
      return;
    }
    wanted.addAll(rider.routes());
    runs.want(rider.routes());
    rider.board(replay);
  }

  private Outcome read(BooleanSupplier goesOn) {
    Instant until = clock.instant().plus(limits.maxDuration());
    while (goesOn.getAsBoolean()) {
      Positions here = Positions.of(lookedAt);
      source.waiting().take(rider -> rider.from().covers(here)).forEach(this::board);
      if (replay.riders() == 0) {
        return Outcome.UNWANTED;
      }
      if (tailTakesOver(here)) {
        return Outcome.TAIL;
      }
      if (clock.instant().isAfter(until) && source.waiting().size() > 0) {
        return Outcome.TIME;
      }
      ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
      long began = System.nanoTime();
      if (!append(batch)) {
        return Outcome.STALLED;
      }
      rest(System.nanoTime() - began);
    }
    return Outcome.CLOSED;
  }

  /**
   * One rider far behind must not take the processor from all who are live; the more ride along,
   * the less of a rest.
   */
  private void rest(long workedNanos) {
    LockSupport.parkNanos(workedNanos * REST / Math.max(1, replay.riders()));
  }

  /** Not at its very beginning: that may be gone before the riders get there. */
  private boolean tailTakesOver(Positions here) {
    OptionalLong seq = source.tail().resume(here);
    long middle = (source.tail().first() + source.tail().end()) >>> 1;
    return seq.isPresent() && seq.getAsLong() >= middle;
  }

  /** False when the riders take nothing more. */
  private boolean append(ConsumerRecords<byte[], byte[]> batch) {
    int count = 0;
    for (ConsumerRecord<byte[], byte[]> record : batch) {
      if (++count % CHECK_EVERY == 0 && !hasRoom()) {
        return false;
      }
      records++;
      event(record)
          .filter(event -> event.routes().stream().anyMatch(wanted::contains))
          .ifPresent(replay::append);
      lookedAt[record.partition()] = record.offset() + 1;
    }
    // Past offsets without a record too.
    batch.nextOffsets().forEach((of, place) -> lookedAt[of.partition()] = place.offset());
    replay.publish();
    return true;
  }

  /** Waits for the fastest rider, so that no event is dropped before anybody could read it. */
  private boolean hasRoom() {
    long half = limits.windowBytes().asLongValue() / 2;
    if (replay.unreadBytes() <= half) {
      return true;
    }
    replay.publish();
    long furthest = replay.furthest();
    Instant until = clock.instant().plus(limits.patience());
    while (replay.unreadBytes() > half && replay.riders() > 0) {
      LockSupport.parkNanos(ROOM_CHECK_NANOS);
      if (replay.furthest() > furthest) {
        furthest = replay.furthest();
        until = clock.instant().plus(limits.patience());
      } else if (clock.instant().isAfter(until)) {
        return false;
      }
    }
    return true;
  }

  /** What is malformed was reported when it was new. */
  private Optional<Event> event(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(runs.place(source.decoder().decode(record)));
    } catch (MalformedRecordException known) {
      return Optional.empty();
    } catch (RuntimeException | StackOverflowError fault) {
      EventBusLog.LOG.fenced("decode", fault);
      return Optional.empty();
    }
  }
}
