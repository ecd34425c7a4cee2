package io.millrace.kafka.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.event.Event;
import io.millrace.sse.CoalescingEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever runs a producer writes, however they are merged on their way, wherever a client is cut
 * and resumes: put together, what it got is what was written.
 */
class CoalescingPropertyTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a client got in one frame. */
  private record Frame(int id, String name, String data) {}

  @Property(tries = 1_000)
  void whatIsMergedSaysTheSame(@ForAll("streams") List<String> values, @ForAll long seed)
      throws JsonProcessingException {
    // Given
    Random random = new Random(seed);
    List<Event> written = new ArrayList<>();
    for (String value : values) {
      written.add(
          value.startsWith("!")
              ? AgUiRecords.event(written.size(), "c", value.substring(1), "scope=user:a")
              : AgUiRecords.event(written.size(), "c", value));
    }

    // When
    List<Frame> got = new ArrayList<>();
    int frames = 0;
    while (got.isEmpty() ? !written.isEmpty() : got.get(got.size() - 1).id() < written.size() - 1) {
      int from = got.isEmpty() ? 0 : got.get(got.size() - 1).id() + 1;
      List<Frame> sent = send(written, from, random);
      got.addAll(sent.subList(0, random.nextInt(sent.size() + 1)));
      frames = got.size();
    }

    // Then
    assertEquals(
        together(written.stream().map(e -> new Frame(0, e.type(), e.text())).toList()),
        together(got));
    Statistics.label("merged")
        .collect(frames < written.size())
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 30));
  }

  /** One connection: everything from an event on, in random windows. */
  private static List<Frame> send(List<Event> events, int from, Random random) {
    List<Frame> sent = new ArrayList<>();
    int next = from;
    while (next < events.size()) {
      int end = Math.min(events.size(), next + 1 + random.nextInt(8));
      ByteBuf out = Unpooled.buffer();
      CoalescingEncoder encoder = new CoalescingEncoder(out);
      for (int i = next; i < end; i++) {
        int id = i;
        encoder.add(events.get(i), () -> String.valueOf(id));
      }
      encoder.finish();
      List<Frame> frames = frames(out.toString(StandardCharsets.UTF_8));
      assertEquals(encoder.frames(), frames.size());
      assertTrue(frames.stream().allMatch(f -> f.data().length() < 80_000), "bounded");
      sent.addAll(frames);
      next = end;
    }
    return sent;
  }

  private static List<Frame> frames(String text) {
    List<Frame> frames = new ArrayList<>();
    for (String block : text.split("\n\n")) {
      String id = "";
      String name = "";
      String data = "";
      for (String line : block.split("\n")) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else {
          data = line.substring(6);
        }
      }
      frames.add(new Frame(Integer.parseInt(id), name, data));
    }
    return frames;
  }

  /** Deltas of one text that follow each other as one, by a parser that knows nothing of ours. */
  private static List<JsonNode> together(List<Frame> frames) throws JsonProcessingException {
    List<JsonNode> texts = new ArrayList<>();
    for (Frame frame : frames) {
      JsonNode value = JSON.readTree(frame.data());
      JsonNode last = texts.isEmpty() ? null : texts.get(texts.size() - 1);
      if (last instanceof ObjectNode sofar
          && value instanceof ObjectNode next
          && sofar.path("delta").isTextual()
          && next.path("delta").isTextual()
          && envelope(sofar).equals(envelope(next))) {
        sofar.put("delta", sofar.get("delta").textValue() + next.get("delta").textValue());
      } else {
        texts.add(value);
      }
    }
    // The time of a text is that of its beginning, wherever it was cut.
    texts.forEach(text -> ifObject(text, o -> o.remove("timestamp")));
    return texts;
  }

  private static void ifObject(JsonNode node, java.util.function.Consumer<ObjectNode> action) {
    if (node instanceof ObjectNode object && object.path("delta").isTextual()) {
      action.accept(object);
    }
  }

  private static ObjectNode envelope(ObjectNode event) {
    ObjectNode envelope = event.deepCopy();
    envelope.remove(List.of("delta", "timestamp"));
    return envelope;
  }

  @Provide
  Arbitrary<List<String>> streams() {
    return Arbitraries.frequencyOf(Tuple.of(8, deltas()), Tuple.of(1, others().list().ofSize(1)))
        .list()
        .ofMaxSize(20)
        .map(blocks -> blocks.stream().flatMap(List::stream).toList());
  }

  /** A piece of a text, and the timestamp before or behind it. */
  private record Piece(String stamp, String text) {}

  /** Some of one text that follow each other. */
  private static Arbitrary<List<String>> deltas() {
    Arbitrary<String> tails =
        Arbitraries.of("", "", "", ",\"n\":1", ",\"n\":2", ",\"é\":\"😀\"", ",\"delta2\":\"x\"");
    Arbitrary<Boolean> swapped = Arbitraries.of(false, false, false, true);
    Arbitrary<String> scopes = Arbitraries.of("", "", "", "", "!");
    return Combinators.combine(scopes, heads(), tails, swapped, pieces())
        .as(
            (scope, head, tail, swap, pieces) ->
                pieces.stream()
                    .map(piece -> scope + "{" + head + fields(piece, swap) + tail + "}")
                    .toList());
  }

  private static String fields(Piece piece, boolean swapped) {
    return swapped
        ? ",\"delta\":\"" + piece.text() + "\"" + piece.stamp()
        : piece.stamp() + ",\"delta\" : \"" + piece.text() + "\"";
  }

  private static Arbitrary<String> heads() {
    return Arbitraries.of(
        "\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\"",
        "\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\"",
        "\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m2\"",
        "\"type\":\"REASONING_MESSAGE_CONTENT\",\"messageId\":\"m1\"",
        "\"type\":\"TOOL_CALL_ARGS\",\"toolCallId\":\"äöü😀\"",
        "\"type\":\"TEXT_MESSAGE_CHUNK\"");
  }

  private static Arbitrary<List<Piece>> pieces() {
    Arbitrary<String> stamps = Arbitraries.of("", "", ",\"timestamp\":1", ",\"timestamp\":20000");
    Arbitrary<String> texts =
        Arbitraries.of(
                "a", "\\ud83d", "\\ude00", "😀", "é", "\\\"", "\\\\", "\\n", "}", "{", "\\u0000")
            .list()
            .ofMaxSize(4)
            .map(pieces -> String.join("", pieces));
    return Combinators.combine(stamps, texts).as(Piece::new).list().ofMinSize(1).ofMaxSize(6);
  }

  /** What must never be merged, though some of it looks like deltas. */
  private static Arbitrary<String> others() {
    return Arbitraries.of(
        "{\"type\":\"RUN_STARTED\",\"threadId\":\"c\",\"runId\":\"r\"}",
        "{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"m1\"}",
        "{\"type\":\"STATE_DELTA\",\"delta\":[{\"op\":\"add\"}]}",
        "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\",\"delta\":7}",
        "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":null,\"delta\":\"x\",\"k\":1}",
        "{\"type\":\"UNKNOWN\",\"delta\":[\"x\"]}",
        "{\"nested\":{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\",\"delta\":\"x\"}}",
        "[1,\n  2]",
        "\"text\"",
        "{ \"type\" : \"TEXT_MESSAGE_CONTENT\",\n \"messageId\":\"m1\",\n \"delta\":\"pretty\" }");
  }
}
