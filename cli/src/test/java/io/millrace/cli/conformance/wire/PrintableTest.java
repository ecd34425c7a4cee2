package io.millrace.cli.conformance.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void leavesTextOfEveryScriptAsItIs() {
    assertEquals("\"é 水 🌊 <b>\"", Printable.quoted("é 水 🌊 <b>"));
  }

  @Test
  void showsWhatWouldSteerATerminal() {
    assertEquals(
        "\\u{1b}[2J\\r\\n\\t\\u{9b}\\u{202e}\\u{2028}\\u{0}\\u{feff}",
        Printable.of("\u001b[2J\r\n\t\u009b\u202e\u2028\u0000\uFEFF"));
  }

  @Test
  void endsAfterTwoHundredCharacters() {
    assertEquals("🌊".repeat(200) + "…", Printable.of("🌊".repeat(201)));
    assertTrue(Printable.of("x".repeat(200)).endsWith("x"));
  }
}
