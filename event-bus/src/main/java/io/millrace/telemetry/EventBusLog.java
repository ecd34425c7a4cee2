package io.millrace.telemetry;

import static org.jboss.logging.Logger.Level.DEBUG;
import static org.jboss.logging.Logger.Level.ERROR;
import static org.jboss.logging.Logger.Level.INFO;
import static org.jboss.logging.Logger.Level.WARN;

import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/**
 * Every message of the event bus, by number. INFO: life of the process; DEBUG: per connection.
 * Never a payload, a token or a principal.
 */
@MessageLogger(projectCode = "MILL", length = 4)
public interface EventBusLog extends BasicLogger {

  EventBusLog LOG =
      Logger.getMessageLogger(MethodHandles.lookup(), EventBusLog.class, "io.millrace");

  @LogMessage(level = INFO)
  @Message(id = 1, value = "Tailing %s: %d partitions, epoch %s, from %s on")
  void tailing(String topic, int partitions, String epoch, Instant from);

  @LogMessage(level = INFO)
  @Message(id = 2, value = "The tail of %s is warm: %d events, %d bytes")
  void warm(String topic, long events, long bytes);

  @LogMessage(level = WARN)
  @Message(id = 3, value = "Cannot read %s yet: %s. Trying every %s")
  void unreachable(String topic, String why, Duration backOff);

  @LogMessage(level = INFO)
  @Message(id = 4, value = "%s has grown to %d partitions")
  void grown(String topic, int partitions);

  @LogMessage(level = WARN)
  @Message(id = 5, value = "%s was deleted and created anew: all streams are reset")
  void recreated(String topic);

  @LogMessage(level = WARN)
  @Message(
      id = 6,
      value =
          "Offsets of %s left the log before they were read: each stream goes on where it stands,"
              + " or is reset")
  void outOfRange(String topic);

  @LogMessage(level = ERROR)
  @Message(
      id = 7,
      value =
          "A cursor of %s takes %d characters, more than %d: it has too many partitions too far"
              + " apart, so this replica is not ready")
  void cursorTooLong(String topic, int length, int limit);

  @LogMessage(level = WARN)
  @Message(id = 8, value = "Skipped a malformed record of %s, partition %d, offset %d: %s")
  void malformed(String topic, int partition, long offset, String reason);

  @LogMessage(level = ERROR)
  @Message(id = 9, value = "A fence caught an exception: %s")
  void fenced(String where, @Cause Throwable fault);

  @LogMessage(level = DEBUG)
  @Message(id = 10, value = "Stream closed: %s")
  void closed(String reason);

  @LogMessage(level = WARN)
  @Message(
      id = 11,
      value =
          "Cannot read the past of %s: %s. Those who wait for it go on waiting, trying every %s")
  void replayFailed(String topic, String why, Duration backOff);

  @LogMessage(level = DEBUG)
  @Message(id = 12, value = "Replayed %d records of %s: %s")
  void replayed(long records, String topic, String outcome);

  @LogMessage(level = WARN)
  @Message(id = 40, value = "No word of %s: %s. Streams stay open and are served from memory")
  void silent(String topic, String why);

  @LogMessage(level = INFO)
  @Message(id = 41, value = "%s is there again")
  void reachable(String topic);

  @LogMessage(level = INFO)
  @Message(id = 20, value = "Draining: %d streams end over %s, new ones are refused")
  void draining(int streams, Duration window);

  @LogMessage(level = WARN)
  @Message(id = 21, value = "%d streams are cut off: they did not end in time")
  void cut(int streams);

  @LogMessage(level = WARN)
  @Message(id = 22, value = "Told to end a second time: ending at once")
  void secondSignal();

  @LogMessage(level = WARN)
  @Message(
      id = 23,
      value =
          "At most %d streams, not %d as configured: this process may have %d connections"
              + " (ulimit -n, quarkus.http.limits.max-connections)")
  void fewDescriptors(int maxStreams, int configured, int maxConnections);

  @LogMessage(level = ERROR)
  @Message(
      id = 24,
      value =
          "New connections can't be accepted: %s. Open streams go on; tried again every second,"
              + " and not said again")
  void noDescriptor(String why);

  @LogMessage(level = INFO)
  @Message(id = 30, value = "Malformed records of %s are copied to %s by the group %s")
  void deadLetters(String topic, String dlq, String group);

  @LogMessage(level = WARN)
  @Message(
      id = 31,
      value = "Cannot copy malformed records to %s: %s. Trying every %s; streams are not affected")
  void deadLettersUnwritable(String dlq, String why, Duration backOff);

  @LogMessage(level = WARN)
  @Message(
      id = 32,
      value = "A malformed record of %s, partition %d, offset %d, is too large for %s: left out")
  void deadLetterTooLarge(String topic, int partition, long offset, String dlq);

  @LogMessage(level = INFO)
  @Message(id = 33, value = "The control topic %s is read: %d entries in force")
  void controlled(String topic, int entries);

  @LogMessage(level = INFO)
  @Message(id = 34, value = "There is no topic %s: nothing can be revoked until there is")
  void noControlTopic(String topic);

  @LogMessage(level = WARN)
  @Message(id = 35, value = "Skipped a malformed control record of %s, partition %d, offset %d: %s")
  void malformedControl(String topic, int partition, long offset, String reason);

  @LogMessage(level = ERROR)
  @Message(
      id = 36,
      value =
          "More revocations than millrace.control.max-entries: every token issued before the oldest"
              + " tenth of them is refused now")
  void revocationsFolded();

  @LogMessage(level = WARN)
  @Message(id = 37, value = "An event could not be published to %s: %s")
  void notPublished(String topic, String why);

  @LogMessage(level = WARN)
  @Message(
      id = 60,
      value = "No token can be verified: no keys from %s: %s. Not ready, trying every %s")
  void keysUnavailable(String place, String why, Duration backOff);

  @LogMessage(level = WARN)
  @Message(
      id = 61,
      value =
          "The keys of the issuer can't be had from %s: %s. Those known stay in use; tokens of new"
              + " ones are told to come back")
  void keysSilent(String place, String why);

  @LogMessage(level = INFO)
  @Message(id = 62, value = "The keys of the issuer are to be had again from %s")
  void keysBack(String place);

  @LogMessage(level = WARN)
  @Message(
      id = 63,
      value =
          "Tokens are refused for their %s: see that mp.jwt.verify.* is what their issuer signs"
              + " with. Said once a minute")
  void tokensRefused(String fault);

  @LogMessage(level = WARN)
  @Message(
      id = 64,
      value =
          "A token was refused that is valid only in %d s: the clocks of issuer and replica differ."
              + " mp.jwt.verify.clock.skew allows for some")
  void tokenNotYetValid(long seconds);

  @LogMessage(level = WARN)
  @Message(
      id = 65,
      value =
          "A token was issued %d s in the future: the clocks of issuer and replica differ. It is"
              + " accepted")
  void tokenFromTheFuture(long seconds);
}
