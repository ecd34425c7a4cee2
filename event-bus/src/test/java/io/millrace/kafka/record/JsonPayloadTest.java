package io.millrace.kafka.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPayloadTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"{ \"a\" : 1 }", "\"\"", "[1, 2]", "\"text\"", "1e400", "true", "null", " 7 "})
  void leavesOneLineAsTheProducerWroteIt(String json) {
    byte[] value = utf8(json);

    assertSame(value, JsonPayload.of(value, false).bytes());
  }

  @Test
  void bringsManyLinesIntoOneDigitForDigit() {
    String json = "{\r\n  \"a\" : 1.000000000000000000010,\n  \"b\" : [ 1e400,\r \"x\\ny é\" ]\n}";

    assertEquals(
        "{\"a\":1.000000000000000000010,\"b\":[1e400,\"x\\ny é\"]}",
        text(JsonPayload.of(utf8(json), false).bytes()));
  }

  @Test
  void findsTheRunAtTheTopLevelOnly() {
    assertEquals(
        Optional.of("r1"),
        JsonPayload.of(utf8("{\"x\":{\"runId\":\"no\"},\"runId\":\"r1\"}"), false).runId());
    assertEquals(Optional.empty(), JsonPayload.of(utf8("{\"runId\":1}"), false).runId());
    assertEquals(Optional.empty(), JsonPayload.of(utf8("[{\"runId\":\"no\"}]"), false).runId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "{",
        "{\"a\":}",
        "{} {}",
        "{},",
        "nul",
        "'a'",
        "\uFEFF{}",
        "{\"a\":\"\n\"}",
        "\0{}",
        "NaN",
        "01",
        "[1,]"
      })
  void refusesWhatIsNotOneJsonValue(String text) {
    assertThrows(MalformedRecordException.class, () -> JsonPayload.of(utf8(text), false));
  }

  @Test
  void refusesAnotherEncoding() {
    byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16BE);

    assertThrows(MalformedRecordException.class, () -> JsonPayload.of(utf16, false));
  }

  @Test
  void refusesWhatIsNestedBeyondReason() {
    byte[] deep = utf8("[".repeat(30_000) + "]".repeat(30_000));

    assertThrows(MalformedRecordException.class, () -> JsonPayload.of(deep, false));
  }

  @Test
  void takesAStructuredCloudEventApart() {
    String event =
        "{\"specversion\":\"1.0\",\"type\":\"a.b\",\"x\":{\"data\":0},\"data\":{\"n\": 1.0}}";

    CloudEvent structured = CloudEvent.structured(utf8(event));

    assertEquals("a.b", structured.type());
    assertEquals("{\"n\":1.0}", text(structured.data()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{\"type\":\"a\"}", "{\"type\":1,\"data\":1}", "{\"data\":1} x"})
  void refusesAStructuredEventThatIsNone(String text) {
    assertThrows(MalformedRecordException.class, () -> CloudEvent.structured(utf8(text)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
