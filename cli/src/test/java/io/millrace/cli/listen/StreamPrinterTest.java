package io.millrace.cli.listen;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StreamPrinterTest {

  private final StringWriter frames = new StringWriter();
  private final StringWriter notes = new StringWriter();
  private final StreamPrinter printer =
      new StreamPrinter(new PrintWriter(frames), new PrintWriter(notes));

  @Test
  void printsAnEventWithItsLatency() {
    printer.event(
        new ServerSentEvent("order", "{\"sentAt\":1000}", "1.a.b"), Instant.ofEpochMilli(1007));

    assertTrue(
        frames
            .toString()
            .matches(
                "\\d\\d:\\d\\d:01\\.007 +7 ms {2}order {2}1\\.a\\.b {2}\\{\"sentAt\":1000}\\R"),
        frames.toString());
  }

  @Test
  void printsAnUnknownLatencyAsADash() {
    printer.event(new ServerSentEvent("order", "{}", ""), Instant.ofEpochMilli(7));

    assertTrue(frames.toString().contains("  -  order  -  {}"), frames.toString());
  }

  @Test
  void printsAHeartbeatWithItsLatency() {
    printer.comment(" hb 1000", Instant.ofEpochMilli(1002));

    assertTrue(frames.toString().contains("2 ms  : hb 1000"), frames.toString());
  }

  @Test
  void saysWhenAndFromWhereItReconnects() {
    printer.reconnecting("the stream ended", Duration.ofMillis(1500), "1.a.b");

    assertTrue(
        notes.toString().contains("the stream ended; reconnecting in 1.5 s after 1.a.b"),
        notes.toString());
  }
}
