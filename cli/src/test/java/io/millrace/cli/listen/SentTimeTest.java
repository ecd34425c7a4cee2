package io.millrace.cli.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentTimeTest {

  private static final Optional<Instant> NOON = Optional.of(Instant.parse("2026-01-02T12:00:00Z"));

  @Test
  void readsTheServerTimeOfAHeartbeat() {
    assertEquals(NOON, SentTime.ofComment(" hb 1767355200000"));
    assertEquals(Optional.empty(), SentTime.ofComment(" ready"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sentAt\":1767355200000}",
        "{\"sentAt\":1767355200000.0}",
        "{\"type\":\"RUN_STARTED\",\"timestamp\":1767355200000}",
        "{\"time\":\"2026-01-02T13:00:00+01:00\"}"
      })
  void readsTheTimeAnEventCarries(String data) {
    assertEquals(NOON, SentTime.ofData(data));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[1]",
        "plain text",
        "{\"sentAt\":\"soon\"}",
        "{\"time\":\"noon\"}",
        "{"
      })
  void knowsNoTimeWhereThereIsNone(String data) {
    assertEquals(Optional.empty(), SentTime.ofData(data));
  }
}
