package io.millrace.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.telemetry.Meters;
import io.millrace.testing.LogCapture;
import io.netty.handler.codec.http.InvalidLineSeparatorException;
import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class PipelineLogTest {

  private static final String SAID = "New connections can't be accepted";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Instant now = Instant.EPOCH;
  private final PipelineLog failures = new PipelineLog(() -> now, new Meters(registry));

  private static LogRecord record(String message) {
    LogRecord record = new LogRecord(Level.WARNING, "An exceptionCaught() event was fired");
    record.setThrown(new IOException(message));
    return record;
  }

  @Test
  void saysOnceWhatNettySaysEverySecond() {
    try (LogCapture log = new LogCapture()) {
      // When
      for (int second = 0; second < 300; second++) {
        now = now.plusSeconds(1);
        assertFalse(failures.isLoggable(record("accept(..) failed: Too many open files")));
      }

      // Then
      assertEquals(1, log.containing(SAID).size());
      assertEquals(300, registry.get("millrace.accepts.failed").counter().count());
    }
  }

  @Test
  void saysSoAgainWhenItComesBack() {
    try (LogCapture log = new LogCapture()) {
      // Given
      failures.isLoggable(record("Too many open files"));

      // When
      now = now.plus(PipelineLog.QUIET);
      failures.isLoggable(record("Too many open files"));

      // Then
      assertEquals(2, log.containing(SAID).size());
    }
  }

  @Test
  void saysNothingOfMalformedRequestsWhoseClientsHungUp() {
    // Given
    LogRecord malformed = new LogRecord(Level.WARNING, "An exceptionCaught() event was fired");
    malformed.setThrown(new InvalidLineSeparatorException());

    // When
    boolean logged = failures.isLoggable(malformed);

    // Then
    assertFalse(logged);
  }

  @Test
  void leavesEveryOtherMessageAlone() {
    // When
    boolean logged = failures.isLoggable(record("Connection reset by peer"));

    // Then
    assertTrue(logged);
    assertTrue(failures.isLoggable(new LogRecord(Level.WARNING, "no exception")));
    assertEquals(0, registry.get("millrace.accepts.failed").counter().count());
  }
}
