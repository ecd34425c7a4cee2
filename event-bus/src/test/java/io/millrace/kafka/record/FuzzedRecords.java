package io.millrace.kafka.record;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as no producer of good will writes them: bytes, near misses, and JSON that is meant. */
final class FuzzedRecords {

  /** A little over the largest value. */
  private static final int MOST_BYTES = (64 << 10) + 16;

  /** Inputs worth keeping: what broke a decoder once, here or elsewhere. */
  private static final List<String> KEPT =
      List.of(
          "{\"runId\":\"r\\nid: 1\",\"a\":\"\\u000a\\u000d\"}",
          "{\n\"a\"\r\n:\r1}",
          "{\"a\":\"\\\\\",\n\"b\":\"\\\"\"}",
          "{\"a\":\"\\\" x\",\n\"b\":\" \\\\\"}",
          "\"\u2028\u2029\u0085\"",
          "[1e400,-0.0,1E+1000000000,0.1e-1000000000]",
          "\uFEFF{}",
          "{}{}",
          "{\"a\":1}\n\nid: 1\ndata: forged",
          "\"\\ud800\"",
          "{\"type\":\"a\\nb\",\"data\":1}",
          "{\"type\":\"stream.end\",\"data\":{}}",
          "{\"type\":\"\\ud800\",\"data\":\"\\u0000\"}",
          "{\"data\":1,\"data\":\n2,\"type\":\"a\",\"type\":\"b\"}",
          "{\"data\":\"\u6c34\ud83c\udf0a\",\"specversion\":\"1.0\",\"type\":\"t\"}",
          "{\"data\":-,\"type\":\"t\"}",
          "[".repeat(60_000),
          "{\"a\":".repeat(10_000),
          "[" + "1,".repeat(30_000) + "1]",
          "9".repeat(65_000),
          "\"" + "\\u000a".repeat(10_000) + "\"");

  private static final Map<String, List<String>> MEANT =
      Map.of(
          "ce_type", List.of("message", "order.shipped", ""),
          "scope", List.of("all", "user:bob", "role:a/b"),
          "runid", List.of("r1"),
          "content-type",
              List.of(
                  "application/json",
                  "application/cloudevents+json",
                  "application/cloudevents+json; charset=UTF-8"));

  private static final List<String> HOSTILE =
      List.of(
          "stream.reset",
          "a\nb",
          "a\rdata: forged",
          "\u001b]0;x\u0007",
          "x".repeat(600),
          "",
          "application/cloudevents+json\n");

  private static final Map<String, List<String>> ANY =
      Map.of("ce_type", HOSTILE, "scope", HOSTILE, "runid", HOSTILE, "content-type", HOSTILE);

  private FuzzedRecords() {}

  static Arbitrary<ConsumerRecord<byte[], byte[]>> any() {
    return Combinators.combine(bytes(keys()), values(), headers())
        .as(
            (key, value, headers) ->
                new ConsumerRecord<>(
                    "t",
                    0,
                    7,
                    0L,
                    TimestampType.CREATE_TIME,
                    key.length,
                    value.length,
                    key.length == 0 ? null : key,
                    value,
                    headers,
                    java.util.Optional.empty()));
  }

  static Arbitrary<byte[]> values() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.of(KEPT).map(FuzzedRecords::utf8)),
        Tuple.of(6, json().map(FuzzedRecords::utf8)),
        Tuple.of(6, Arbitraries.of(KEPT).map(FuzzedRecords::utf8).flatMap(FuzzedRecords::damaged)),
        Tuple.of(6, json().map(FuzzedRecords::utf8).flatMap(FuzzedRecords::damaged)),
        Tuple.of(2, Arbitraries.bytes().array(byte[].class).ofMaxSize(200)),
        Tuple.of(1, large()));
  }

  private static Arbitrary<byte[]> large() {
    return Combinators.combine(
            Arbitraries.integers().between(MOST_BYTES - 32, MOST_BYTES),
            Arbitraries.of("[", "\"", "\n", "1", "\\", "\u00e9", " ", "\r"))
        .as((length, text) -> utf8(text.repeat(length / utf8(text).length)));
  }

  /** JSON with white space where it may stand, and words that mean something. */
  private static Arbitrary<String> json() {
    Arbitrary<String> space = Arbitraries.of("", "", " ", "\n", "\r\n", "\t", "\r");
    Arbitrary<String> atom =
        Arbitraries.oneOf(
            Arbitraries.of("1", "-0.0", "1e400", "true", "null", "{}", "[]", "\"\"", "\"x\""),
            Arbitraries.strings().ofMaxLength(8).map(FuzzedRecords::quoted),
            // What decides where a text ends, and white space that is part of one.
            Arbitraries.strings().withChars("\"\\ a\n").ofMaxLength(8).map(FuzzedRecords::quoted));
    Arbitrary<String> name =
        Arbitraries.of("\"a\"", "\"type\"", "\"data\"", "\"runId\"", "\"\\n\"", "\"id\"");
    Arbitrary<String> member =
        Combinators.combine(name, space, atom, space)
            .as((key, before, value, after) -> key + before + ":" + after + value);
    return Combinators.combine(member.list().ofMaxSize(4), space, atom.list().ofMaxSize(4), space)
        .as(
            (members, before, atoms, after) ->
                before
                    + "{"
                    + String.join("," + after, members)
                    + (members.isEmpty() ? "" : ",")
                    + "\"data\":"
                    + after
                    + "["
                    + String.join("," + before, atoms)
                    + "]}"
                    + after);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else {
        json.append(c < ' ' ? "\\u%04x".formatted((int) c) : c);
      }
    }
    return json.append('"').toString();
  }

  private static Arbitrary<String> keys() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.of("all", "user:alice", "tenant:acme", "role:a/b")),
        Tuple.of(
            1,
            Arbitraries.of(
                "tenant:a/b", "user:", "", "user:a\nid: 1", "\u001b[31m", "user:\u0085", "c1")));
  }

  private static Arbitrary<byte[]> bytes(Arbitrary<String> texts) {
    return Arbitraries.frequencyOf(
        Tuple.of(9, texts.map(FuzzedRecords::utf8)),
        Tuple.of(1, texts.map(FuzzedRecords::utf8).flatMap(FuzzedRecords::damaged)),
        Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(40)));
  }

  /** None, those that are meant, or any. */
  private static Arbitrary<RecordHeaders> headers() {
    return Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(List.<RecordHeader>of())),
            Tuple.of(3, header(MEANT).list().ofMaxSize(4)),
            Tuple.of(1, header(ANY).list().ofMaxSize(4)))
        .map(list -> new RecordHeaders(List.copyOf(list)));
  }

  private static Arbitrary<RecordHeader> header(Map<String, List<String>> values) {
    return Arbitraries.of(values.keySet())
        .flatMap(
            name ->
                bytes(Arbitraries.of(values.get(name)))
                    .injectNull(0.01)
                    .map(value -> new RecordHeader(name, value)));
  }

  /** A byte replaced, left out, or put in twice. */
  private static Arbitrary<byte[]> damaged(byte[] bytes) {
    if (bytes.length == 0) {
      return Arbitraries.just(bytes);
    }
    return Combinators.combine(
            Arbitraries.integers().between(0, bytes.length - 1),
            Arbitraries.integers().between(0, 2),
            Arbitraries.bytes())
        .as(
            (at, length, other) -> {
              byte[] damaged = new byte[bytes.length - 1 + length];
              System.arraycopy(bytes, 0, damaged, 0, at);
              java.util.Arrays.fill(damaged, at, at + length, other);
              System.arraycopy(bytes, at + 1, damaged, at + length, bytes.length - 1 - at);
              return damaged;
            });
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
