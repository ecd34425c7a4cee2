package io.millrace.kafka.control;

import io.millrace.control.ControlKey;
import io.millrace.control.ControlRecord;
import io.millrace.control.Revocations;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.Meters;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * From records of the control topic to what is revoked. One that can't be read is counted, logged
 * and passed over. The control thread.
 */
final class ControlIntake {

  /** Longest value: an action and a time take a hundred bytes. */
  static final int MAX_VALUE_BYTES = 4096;

  /** A producer gone wrong must not flood the log. */
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  private final Revocations revocations;
  private final Meters meters;
  private final InstantSource clock;
  private Instant nextLog = Instant.MIN;

  ControlIntake(Revocations revocations, Meters meters, InstantSource clock) {
    this.revocations = revocations;
    this.meters = meters;
    this.clock = clock;
  }

  void take(Iterable<? extends ConsumerRecord<byte @Nullable [], byte @Nullable []>> records) {
    for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : records) {
      meters.controlRecord();
      try {
        take(record);
      } catch (IllegalArgumentException malformed) {
        malformed(record, String.valueOf(malformed.getMessage()));
      } catch (RuntimeException | StackOverflowError fault) {
        EventBusLog.LOG.fenced("control", fault);
        meters.fenced("control");
        malformed(record, "the reader failed");
      }
    }
    if (revocations.shrink()) {
      EventBusLog.LOG.revocationsFolded();
    }
  }

  private void take(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    byte[] keyBytes = record.key();
    if (keyBytes == null) {
      throw new IllegalArgumentException("key is absent");
    }
    ControlKey key = ControlKey.parse(text("key", keyBytes));
    byte[] value = record.value();
    if (value == null) {
      revocations.forget(key);
      return;
    }
    if (value.length > MAX_VALUE_BYTES) {
      throw new IllegalArgumentException("value has more than " + MAX_VALUE_BYTES + " bytes");
    }
    Instant now = clock.instant();
    Instant written = record.timestamp() < 0 ? now : Instant.ofEpochMilli(record.timestamp());
    revocations.apply(ControlRecord.parse(key, text("value", value), written), now);
  }

  private static String text(String part, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new IllegalArgumentException(part + " is not UTF-8", notUtf8);
    }
  }

  private void malformed(ConsumerRecord<?, ?> record, String reason) {
    meters.controlMalformed();
    Instant now = clock.instant();
    if (!now.isBefore(nextLog)) {
      nextLog = now.plus(LOG_INTERVAL);
      EventBusLog.LOG.malformedControl(record.topic(), record.partition(), record.offset(), reason);
    }
  }
}
