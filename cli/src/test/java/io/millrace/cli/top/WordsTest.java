package io.millrace.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 3", "0.25, 0.3", "9.5, 9.5", "1234.5, 1235"})
  void count(double number, String words) {
    assertEquals(words, Words.count(number));
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "67108864, 64.0 MiB"})
  void bytes(double number, String words) {
    assertEquals(words, Words.bytes(number));
  }

  @ParameterizedTest
  @CsvSource({"59, 59 s", "60, 1 min 0 s", "7800, 2 h 10 min", "90000, 1 d 1 h"})
  void span(long seconds, String words) {
    assertEquals(words, Words.span(Duration.ofSeconds(seconds)));
  }
}
