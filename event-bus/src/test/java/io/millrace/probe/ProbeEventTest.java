package io.millrace.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeEventTest {

  private static final String START = "event: probe\ndata: {";

  private static byte[] frame(String text, int size) {
    return ProbeEvent.frame(new JsonObject().put("text", text), size).getBytes();
  }

  /** Asserts that it is one event, and says how large it is. */
  private static JsonObject data(byte[] frame) {
    String text = new String(frame, StandardCharsets.UTF_8);
    assertTrue(text.startsWith(START), text);
    assertTrue(text.endsWith("}\n\n"), text);
    assertEquals(3, text.chars().filter(c -> c == '\n').count());
    JsonObject data = new JsonObject(text.substring(START.length() - 1, text.length() - 2));
    assertEquals(frame.length, data.getInteger("bytes"));
    return data;
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 101, 200, 999, 1_000, 1_001, 3_072, 65_536})
  void isOfTheSizeThatWasAsked(int size) {
    assertEquals(size, data(frame("a", size)).getInteger("bytes"));
  }

  @Test
  void isAsLargeAsWhatItSaysWhereThatIsMore() {
    JsonObject data = data(frame("a".repeat(1_000), 200));

    assertEquals("", data.getString("pad"));
  }

  @Test
  void saysItsSizeWhereverItGainsADigit() {
    IntStream.range(0, 1_200).forEach(length -> data(frame("a".repeat(length), 1)));
  }

  @Test
  void countsBytesAndStaysOneLine() {
    data(frame("ä€\r\n\u2028\u0000", 200));
  }

  @Test
  void doesNotCompressToNothing() throws Exception {
    byte[] frame = frame("a", 65_536);
    java.io.ByteArrayOutputStream compressed = new java.io.ByteArrayOutputStream();

    try (java.util.zip.GZIPOutputStream gzip = new java.util.zip.GZIPOutputStream(compressed)) {
      gzip.write(frame);
    }

    assertTrue(compressed.size() > frame.length / 2, () -> "to " + compressed.size());
  }
}
