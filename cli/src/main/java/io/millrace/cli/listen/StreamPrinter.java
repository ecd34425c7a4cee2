package io.millrace.cli.listen;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Prints a stream for a person: a line per frame on one writer, what happens to the connection on
 * another.
 *
 * <p>Columns: time of arrival, latency ({@code -} when the frame does not say when it was sent),
 * event name, id, data.
 */
public final class StreamPrinter implements StreamListener {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final PrintWriter frames;
  private final PrintWriter notes;

  public StreamPrinter(PrintWriter frames, PrintWriter notes) {
    this.frames = frames;
    this.notes = notes;
  }

  @Override
  public void opened(Instant at) {
    note(at, "connected");
  }

  @Override
  public void event(ServerSentEvent event, Instant arrival) {
    frames.printf(
        "%s %9s  %s  %s  %s%n",
        time(arrival),
        latency(SentTime.ofData(event.data()), arrival),
        event.type(),
        event.lastEventId().isEmpty() ? "-" : event.lastEventId(),
        event.data().replace("\n", "\n    "));
    frames.flush();
  }

  @Override
  public void comment(String text, Instant arrival) {
    frames.printf("%s %9s  :%s%n", time(arrival), latency(SentTime.ofComment(text), arrival), text);
    frames.flush();
  }

  @Override
  public void reconnecting(String why, Duration wait, String lastEventId) {
    note(
        Instant.now(),
        String.format(
            Locale.ROOT,
            "%s; reconnecting in %.1f s %s",
            why,
            wait.toMillis() / 1000.0,
            lastEventId.isEmpty() ? "without an id" : "after " + lastEventId));
  }

  private void note(Instant at, String text) {
    notes.println(time(at) + "  " + text);
    notes.flush();
  }

  private static String time(Instant instant) {
    return TIME.format(instant.atZone(ZoneId.systemDefault()));
  }

  private static String latency(Optional<Instant> sent, Instant arrival) {
    return sent.map(time -> Duration.between(time, arrival).toMillis() + " ms").orElse("-");
  }
}
