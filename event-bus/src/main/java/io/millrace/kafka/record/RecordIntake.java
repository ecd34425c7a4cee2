package io.millrace.kafka.record;

import io.millrace.event.Event;
import io.millrace.event.Part;
import io.millrace.run.RunIndex;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.Meters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Every record becomes an event of the tail, one that nobody sees if it must: a record that can't
 * be read is counted and passed over, and the stream goes on. Poll thread.
 */
public final class RecordIntake {

  /** One message per partition and minute: a producer gone wrong must not flood the log. */
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  private final Map<Integer, Instant> lastLogged = new HashMap<>();
  private final String topic;
  private final RecordDecoder decoder;
  private final RunIndex runs;
  private final Meters meters;
  private final InstantSource clock;

  public RecordIntake(
      String topic, RecordDecoder decoder, RunIndex runs, Meters meters, InstantSource clock) {
    this.topic = topic;
    this.decoder = decoder;
    this.runs = runs;
    this.meters = meters;
    this.clock = clock;
  }

  public List<Event> events(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    List<Event> events = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      meters.eventRead();
      events.add(event(record));
    }
    return events;
  }

  private Event event(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      meters.tombstone();
      return Event.invisible(record.partition(), record.offset());
    }
    try {
      return placed(decoder.decode(record), record.timestamp());
    } catch (MalformedRecordException malformed) {
      return malformed(record, String.valueOf(malformed.getMessage()));
    } catch (RuntimeException | StackOverflowError fault) {
      EventBusLog.LOG.fenced("decode", fault);
      meters.fenced("decode");
      return malformed(record, "the decoder failed");
    }
  }

  private Event placed(Event event, long timestamp) {
    if (event.part().kind() == Part.Kind.MALFORMED_DELTA) {
      meters.malformedDelta();
    }
    return runs.place(event, timestamp, clock.millis());
  }

  /** The log is read anew, or another one. */
  public void startAnew() {
    runs.clear();
  }

  /** To be called regularly, records or not. */
  public void forgetSilentRuns() {
    runs.forgetSilent(clock.millis());
  }

  private Event malformed(ConsumerRecord<?, ?> record, String reason) {
    meters.malformed();
    Instant now = clock.instant();
    Instant last = lastLogged.get(record.partition());
    if (last == null || !now.isBefore(last.plus(LOG_INTERVAL))) {
      lastLogged.put(record.partition(), now);
      EventBusLog.LOG.malformed(topic, record.partition(), record.offset(), reason);
    }
    return Event.invisible(record.partition(), record.offset());
  }
}
