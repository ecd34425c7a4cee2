package io.millrace.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestRecord;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A record on the wire, to the byte: one case per clause of wire.md §§1 and 2. */
public abstract class FrameContract extends StreamTest {

  private static final String ID = "1\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]+";
  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String ENVELOPE =
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",%s}";

  protected FrameContract(Surface surface) {
    super(surface);
  }

  /** Writes a record for alice and returns the one frame it becomes. */
  private SseFrame frameOf(TestRecord record) {
    SseClient stream = openAs(alice);
    topic().write(record);
    List<SseFrame> frames = stream.awaitFrames(1);
    assertEquals(1, frames.size());
    return frames.get(0);
  }

  private TestRecord record(String value) {
    return TestRecord.of(surface.key(alice), value);
  }

  private static void assertGolden(String afterId, SseFrame frame) {
    assertTrue(frame.id().matches(ID), frame.raw());
    assertTrue(frame.id().length() < 80, frame.id());
    assertEquals("id: " + frame.id() + "\n" + afterId, frame.raw());
  }

  @Test
  void aBareRecordIsAMessageWithoutAName() {
    assertGolden("data: {\"n\":1}\n\n", frameOf(record("{\"n\":1}")));
  }

  @Test
  void theTypeOfACloudEventIsItsName() {
    assertGolden(
        "event: order.shipped\ndata: {\"n\":1}\n\n",
        frameOf(record("{\"n\":1}").header("ce_type", "order.shipped")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"message", ""})
  void theDefaultNameIsLeftOut(String type) {
    assertGolden("data: 1\n\n", frameOf(record("1").header("ce_type", type)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bestellung.größe", "注文", "a: b", " led by a space", "id: 7", "Message"})
  void anyOtherNameStaysAsItIs(String type) {
    assertGolden("event: " + type + "\ndata: 1\n\n", frameOf(record("1").header("ce_type", type)));
  }

  @Test
  void ofARepeatedTypeTheLastCounts() {
    assertGolden(
        "event: b\ndata: 1\n\n",
        frameOf(record("1").header("ce_type", "a").header("ce_type", "b")));
  }

  @Test
  void otherHeadersStayOffTheWire() {
    TestRecord record =
        record("1")
            .header("ce_id", "\nid: forged")
            .header("ce_source", "/s")
            .header("ce_subject", "x")
            .header("traceparent", "00-1-2-03")
            .header("anything", new byte[] {(byte) 0xff})
            .header("nothing", (byte[]) null);
    assertGolden("data: 1\n\n", frameOf(record));
  }

  static Stream<Arguments> values() {
    return Stream.of(
        arguments("{\"a\": 1,  \"b\":[ ]}", "{\"a\": 1,  \"b\":[ ]}"),
        arguments("{\r\n  \"a\" : 1,\r\n  \"b\" : [ 1, 2 ]\r\n}\r\n", "{\"a\":1,\"b\":[1,2]}"),
        arguments("{\n\t\"a\": {\n\t}\n}", "{\"a\":{}}"),
        arguments("{\"a\":\r1}", "{\"a\":1}"),
        arguments("{\"a\":1}\n", "{\"a\":1}"),
        arguments(
            "[1.10,1e400,\n12345678901234567890,-0.0]", "[1.10,1e400,12345678901234567890,-0.0]"),
        arguments("{\n\"t\":\"a\\r\\nb\"}", "{\"t\":\"a\\r\\nb\"}"),
        arguments("{\"t\":\"a\\nb\\rc\\u000ad\"}", "{\"t\":\"a\\nb\\rc\\u000ad\"}"),
        arguments("{\"t\":\"\\nid: x\\n\\ndata: y\"}", "{\"t\":\"\\nid: x\\n\\ndata: y\"}"),
        arguments("[\n\"id: x\"\n,\n\"event: stream.end\"\n]", "[\"id: x\",\"event: stream.end\"]"),
        arguments(" {\"lead\":1} ", " {\"lead\":1} "),
        arguments("\t[]", "\t[]"),
        arguments("\"\"", "\"\""),
        arguments("\"text\"", "\"text\""),
        arguments("null", "null"),
        arguments("-1.5e3", "-1.5e3"),
        arguments("{}", "{}"),
        arguments(
            "[\"Gr\u00fc\u00dfe \u4e16\u754c \ud83d\ude00\"]",
            "[\"Gr\u00fc\u00dfe \u4e16\u754c \ud83d\ude00\"]"),
        arguments("[\"\u2028\u2029\u0085\ufeff\"]", "[\"\u2028\u2029\u0085\ufeff\"]"),
        arguments("[\n\"\ud83d\ude00\u2028\"]", "[\"\ud83d\ude00\u2028\"]"),
        arguments("{\"a\":1,\"a\":2}", "{\"a\":1,\"a\":2}"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueIsOneLineOfTheSameJson(String value, String data) {
    assertGolden("data: " + data + "\n\n", frameOf(record(value)));
  }

  @Test
  void aValueOf64KiBIsAccepted() {
    // Given
    String value = "\"" + "x".repeat(65_534) + "\"";

    // Then
    assertGolden("data: " + value + "\n\n", frameOf(record(value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {STRUCTURED, STRUCTURED + "; charset=UTF-8"})
  void aStructuredCloudEventIsTakenApart(String contentType) {
    // Given
    String value =
        ENVELOPE.formatted(
            "\"type\":\"order.shipped\",\n\"data\":{\"n\" : 1.10,\r\n\"t\":\"a\\nb\"}");

    // Then
    assertGolden(
        "event: order.shipped\ndata: {\"n\":1.10,\"t\":\"a\\nb\"}\n\n",
        frameOf(record(value).header("content-type", contentType)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"data\":null,\"type\":\"message\" | data: null",
        "\"data\": -0.0 | data: -0.0",
        "\"data\":1e400, \"dataschema\":\"x\" | data: 1e400",
        "\"data\":true | data: true",
        "\"data\": {\"\u4e16 \\\" \": \"\ud83d\ude00\"} , \"x\":[] | data: {\"\u4e16 \\\" \":\"\ud83d\ude00\"}",
        "\"data\":[1,2] | data: [1,2]",
        "\"data\":\"text\",\"type\":\"\" | data: \"text\""
      })
  void aStructuredCloudEventMayHaveAnyData(String fields, String frame) {
    TestRecord record = record(ENVELOPE.formatted(fields)).header("content-type", STRUCTURED);
    assertGolden(frame + "\n\n", frameOf(record));
  }

  @Test
  void anotherContentTypeIsNotTakenApart() {
    // Given
    String value = ENVELOPE.formatted("\"type\":\"t\",\"data\":1");

    // Then
    assertGolden(
        "data: " + value + "\n\n",
        frameOf(record(value).header("content-type", "application/json")));
  }

  @Test
  void manyEventsAtOnceAreWholeFramesInOrder() {
    // Given
    SseClient stream = openAs(alice);

    // When
    for (int i = 0; i < 200; i++) {
      publish(alice, "{\"i\":" + i + "}");
    }

    // Then
    List<SseFrame> frames = stream.awaitFrames(200);
    assertEquals(200, frames.size());
    for (int i = 0; i < 200; i++) {
      assertGolden("data: {\"i\":" + i + "}\n\n", frames.get(i));
    }
    assertEquals(200, frames.stream().map(SseFrame::id).distinct().count());
  }
}
