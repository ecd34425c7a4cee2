package io.millrace.kafka.publish;

import io.millrace.config.MillraceConfig;
import io.millrace.kafka.record.RecordDecoder;
import io.millrace.kafka.record.RecordDecoder.Fault;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.Meters;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Writes events to the topic of this service, through SmallRye: acknowledged by all replicas of the
 * partition, written once whatever the producer has to try again. Nothing is acknowledged that is
 * not in Kafka; what was not acknowledged may be. Any thread.
 */
@Singleton
public final class EventPublisher {

  /** One message a minute while the broker is away. */
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  private final Outlet outlet;
  private final RecordDecoder decoder;
  private final String topic;
  private final Meters meters;
  private final InstantSource clock;
  private final InFlight inFlight;
  private final AtomicReference<Instant> nextLog = new AtomicReference<>(Instant.MIN);

  EventPublisher(
      Outlet outlet,
      RecordDecoder decoder,
      MillraceConfig config,
      Meters meters,
      InstantSource clock) {
    this.outlet = outlet;
    this.decoder = decoder;
    this.topic = config.topic().name();
    this.meters = meters;
    this.clock = clock;
    this.inFlight = new InFlight(config.publish().maxInFlight().asLongValue());
    meters.gauge("millrace.publish.bytes", "Bytes of events being published", inFlight::bytes);
  }

  /** The bytes that may be on their way at once, of all requests. */
  public InFlight inFlight() {
    return inFlight;
  }

  /** Why it would be malformed in the topic, if it would be. */
  public Optional<Fault> fault(OutgoingEvent event) {
    return decoder.fault(
        new ConsumerRecord<>(
            topic,
            0,
            0,
            ConsumerRecord.NO_TIMESTAMP,
            TimestampType.NO_TIMESTAMP_TYPE,
            ConsumerRecord.NULL_SIZE,
            ConsumerRecord.NULL_SIZE,
            event.keyBytes(),
            event.value(),
            headers(event),
            Optional.empty()));
  }

  private static RecordHeaders headers(OutgoingEvent event) {
    RecordHeaders headers = new RecordHeaders();
    event.headers().forEach(header -> headers.add(header.name(), header.bytes()));
    return headers;
  }

  /** Where it was written; fails when the broker did not acknowledge it. */
  public Uni<Place> publish(OutgoingEvent event) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, null, event.keyBytes(), event.value(), headers(event));
    return outlet.send(record).onItem().invoke(meters::published).onFailure().invoke(this::failed);
  }

  private void failed(Throwable failure) {
    meters.publishFailed();
    Instant now = clock.instant();
    Instant next = nextLog.get();
    if (!now.isBefore(next) && nextLog.compareAndSet(next, now.plus(LOG_INTERVAL))) {
      String why = failure.getClass().getSimpleName() + ": " + failure.getMessage();
      EventBusLog.LOG.notPublished(topic, why);
    }
  }
}
