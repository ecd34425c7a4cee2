package io.millrace.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.LogCapture;
import io.millrace.testing.SseClient;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestRecord;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A record nobody can read is counted, logged once, and passed over; the stream goes on. */
public abstract class MalformedRecordContract extends StreamTest {

  private static final String MALFORMED = "millrace_events_malformed_total";
  private static final String CLOUD_EVENT = "application/cloudevents+json";

  /** No other test writes malformed records to it: it is logged once a minute only. */
  private static final int LOGGED_PARTITION = 7;

  protected MalformedRecordContract(Surface surface) {
    super(surface);
  }

  /** From the key of the test's person to a record. */
  protected interface Malformed extends Function<String, TestRecord> {}

  protected static Named<Malformed> named(String name, Malformed malformed) {
    return Named.of(name, malformed);
  }

  private static Named<Malformed> value(String name, String value) {
    return named(name, key -> TestRecord.of(key, value));
  }

  private static Named<Malformed> value(String name, byte... value) {
    return named(name, key -> TestRecord.of(key, value));
  }

  private static Named<Malformed> header(String name, String header, byte[] value) {
    return named(name, key -> TestRecord.of(key, "1").header(header, value));
  }

  private static Named<Malformed> header(String name, String header, String value) {
    return named(name, key -> TestRecord.of(key, "1").header(header, value));
  }

  private static Named<Malformed> structured(String name, String value) {
    return named(name, key -> TestRecord.of(key, value).header("content-type", CLOUD_EVENT));
  }

  static Stream<Named<Malformed>> values() {
    String json = "{\"n\":1}";
    return Stream.of(
        value("empty", ""),
        value("white space", " \r\n "),
        value("64 KiB + 1", "\"" + "x".repeat(65_535) + "\""),
        value("not UTF-8", (byte) '"', (byte) 0xc3, (byte) 0x28, (byte) '"'),
        value("overlong UTF-8", (byte) '"', (byte) 0xc0, (byte) 0x8a, (byte) '"'),
        value(
            "a surrogate as UTF-8", (byte) '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, (byte) '"'),
        value("cut off UTF-8", (byte) '"', (byte) 0xf0, (byte) 0x9f, (byte) 0x98),
        value("UTF-16 with BOM", json.getBytes(UTF_16)),
        value("UTF-16BE", json.getBytes(UTF_16BE)),
        value("UTF-16LE", json.getBytes(UTF_16LE)),
        value("BOM", "\ufeff" + json),
        value("text", "hello"),
        value("cut off", "{\"n\":1"),
        value("two values", json + json),
        value("two lines of JSON", json + "\n" + json),
        value("trailing comma", "[1,]"),
        value("single quotes", "{'n':1}"),
        value("comment", "{\"n\":1} // one"),
        value("NaN", "NaN"),
        value("raw line feed in a text", "{\"t\":\"a\nb\"}"),
        value("raw CR and id in a text", "{\"t\":\"a\rid: x\"}"),
        value("frame instead of JSON", "1\nid: x\n\ndata: y"),
        value("NUL", "{\"n\":1}\0"),
        value("nested 2,000 deep", "[".repeat(2000) + "]".repeat(2000)),
        value("objects 2,000 deep", "{\"a\":".repeat(2000) + "1" + "}".repeat(2000)),
        value("opened 60,000 times", "[".repeat(60_000)));
  }

  static Stream<Named<Malformed>> keys() {
    return Stream.of(
        named("no key", key -> TestRecord.of(key, "1").key(null)),
        named("empty key", key -> TestRecord.of("", "1")),
        named("key not UTF-8", key -> TestRecord.of(key, "1").key(new byte[] {(byte) 0xff})),
        named("key with a line end", key -> TestRecord.of(key + "\nid: x", "1")),
        named("key too long", key -> TestRecord.of(key + "x".repeat(600), "1")));
  }

  static Stream<Named<Malformed>> headers() {
    byte[] notUtf8 = {(byte) 0xff, (byte) 0xfe};
    return Stream.of(
        header("type without value", "ce_type", (byte[]) null),
        header("type not UTF-8", "ce_type", notUtf8),
        header("type with LF", "ce_type", "a\nid: x"),
        header("type with CR", "ce_type", "a\rdata: x"),
        header("type with NUL", "ce_type", "a\0"),
        header("type of a control event", "ce_type", "stream.reset"),
        header("type of a control event to come", "ce_type", "stream.anything"),
        header("type too long", "ce_type", "x".repeat(257)),
        header("content type without value", "content-type", (byte[]) null),
        header("scope without value", "scope", (byte[]) null),
        header("scope not UTF-8", "scope", notUtf8),
        header("scope empty", "scope", ""),
        header("scope of no form", "scope", "everyone"),
        header("scope of an unknown kind", "scope", "group:a"),
        header("scope without a name", "scope", "user:"),
        header("role without a tenant", "scope", "role:admins"),
        header("role of an empty tenant", "scope", "role:/admins"),
        header("tenant with a slash", "scope", "tenant:a/b"),
        header("scope with LF", "scope", "user:a\nb"),
        header("scope in capitals", "scope", "USER:a"),
        named(
            "one good scope, one bad",
            key -> TestRecord.of(key, "1").header("scope", "all").header("scope", "nobody")),
        structured("CloudEvent that is no JSON", "hello"),
        structured("CloudEvent that is an array", "[]"),
        structured("CloudEvent without data", "{\"type\":\"t\"}"),
        structured("CloudEvent with a number as type", "{\"type\":1,\"data\":1}"),
        structured("CloudEvent of a reserved type", "{\"type\":\"stream.end\",\"data\":1}"),
        structured("CloudEvent with LF in its type", "{\"type\":\"a\\nid: x\",\"data\":1}"),
        structured("CloudEvent cut off", "{\"type\":\"t\",\"data\":1"),
        structured("two CloudEvents", "{\"data\":1}{\"data\":2}"),
        structured(
            "CloudEvent 2,000 deep", "{\"data\":" + "[".repeat(2000) + "]".repeat(2000) + "}"));
  }

  @ParameterizedTest
  @MethodSource({"values", "keys", "headers"})
  protected void isPassedOver(Malformed malformed) {
    // Given
    double before = management().meter(MALFORMED);
    double fences = management().meter("millrace_fences_total");
    SseClient stream = openAs(alice);

    // When
    topic().write(malformed.apply(surface.key(alice)));
    publish(alice, "\"good\"");

    // Then
    assertEquals(List.of("\"good\""), stream.awaitData(1));
    assertEquals(before + 1, management().meter(MALFORMED));
    assertEquals(fences, management().meter("millrace_fences_total"));
  }

  @Test
  void isLoggedOncePerPartitionAndMinuteWithoutItsContent() {
    try (LogCapture log = new LogCapture()) {
      // Given
      SseClient stream = openAs(alice);
      TestRecord bad = TestRecord.of(surface.key(alice), "secret").partition(LOGGED_PARTITION);
      TestRecord good = TestRecord.of(surface.key(alice), "1").partition(LOGGED_PARTITION);

      // When
      long offset = topic().write(bad).offset();
      topic().write(bad);
      topic().write(bad);
      topic().write(good);
      stream.awaitFrame();

      // Then
      String place = "of %s, partition %d, offset ".formatted(surface.topic(), LOGGED_PARTITION);
      List<String> lines = log.containing(place);
      assertEquals(1, lines.size(), lines.toString());
      assertTrue(lines.get(0).startsWith("WARN io.millrace MILL0008: "), lines.get(0));
      assertTrue(lines.get(0).endsWith(place + offset + ": value is not JSON"), lines.get(0));
      assertEquals(List.of(), log.containing("secret"));
      assertEquals(List.of(), log.containing(alice));
    }
  }

  @Test
  void isNoTombstone() {
    // Given
    double malformed = management().meter(MALFORMED);
    double tombstones = management().meter("millrace_events_tombstones_total");
    SseClient stream = openAs(alice);

    // When
    topic().write(TestRecord.tombstone(surface.key(alice)));
    topic().write(TestRecord.tombstone("of no form").header("ce_type", (byte[]) null));
    publish(alice, "1");

    // Then
    assertEquals(List.of("1"), stream.awaitData(1));
    assertEquals(malformed, management().meter(MALFORMED));
    assertEquals(tombstones + 2, management().meter("millrace_events_tombstones_total"));
  }

  @Test
  void isPassedOverInAReplayToo() {
    // Given
    SseClient live = openAs(alice);
    publish(alice, "1");
    topic().write(TestRecord.of(surface.key(alice), "hello"));
    topic().write(TestRecord.tombstone(surface.key(alice)));
    publish(alice, "2");
    String first = live.awaitFrames(2).get(0).id();

    // When
    SseClient resumed = open(requestOf(alice).lastEventId(first));
    publish(alice, "3");

    // Then
    assertEquals(List.of("2", "3"), resumed.awaitData(2));
  }
}
