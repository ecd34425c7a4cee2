package io.millrace.cli.listen;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a frame was sent, as far as the frame itself says so.
 *
 * <p>A heartbeat carries the server's clock. An event carries none of Millrace's: its time is known
 * when its JSON has {@code sentAt} or AG-UI's {@code timestamp} (milliseconds since 1970), or
 * CloudEvents' {@code time} (RFC 3339). A latency computed from it compares two clocks unless
 * sender and listener run on one machine.
 */
final class SentTime {

  private static final Pattern HEARTBEAT = Pattern.compile(" ?hb (\\d{1,15})");

  private SentTime() {}

  /** When the server wrote this heartbeat comment. */
  static Optional<Instant> ofComment(String comment) {
    Matcher heartbeat = HEARTBEAT.matcher(comment);
    return heartbeat.matches()
        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(heartbeat.group(1))))
        : Optional.empty();
  }

  /** When the producer wrote this event's data. */
  static Optional<Instant> ofData(String data) {
    if (!data.startsWith("{")) {
      return Optional.empty();
    }
    try {
      JsonObject json = new JsonObject(data);
      Object millis = json.getValue("sentAt", json.getValue("timestamp"));
      if (millis instanceof Number number) {
        return Optional.of(
            Instant.EPOCH.plus(Duration.ofNanos((long) (number.doubleValue() * 1e6))));
      }
      return json.getValue("time") instanceof String time
          ? Optional.of(OffsetDateTime.parse(time).toInstant())
          : Optional.empty();
    } catch (DecodeException | DateTimeException noTime) {
      return Optional.empty();
    }
  }
}
