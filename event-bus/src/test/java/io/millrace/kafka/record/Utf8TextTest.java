package io.millrace.kafka.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8TextTest {

  @Test
  void takesCrlfThenCrThenLfAsTheEndOfALine() {
    assertEquals("a\nb\n\nc\nd\n", lines("a\r\nb\r\rc\nd\r"));
  }

  @Test
  void knowsWhetherThereIsMoreThanOneLine() {
    assertFalse(Utf8Text.hasLines("a".getBytes(StandardCharsets.UTF_8)));
    assertTrue(Utf8Text.hasLines("a\nb".getBytes(StandardCharsets.UTF_8)));
  }

  private static String lines(String text) {
    byte[] lines = Utf8Text.lines(text.getBytes(StandardCharsets.UTF_8));
    return new String(lines, StandardCharsets.UTF_8);
  }
}
