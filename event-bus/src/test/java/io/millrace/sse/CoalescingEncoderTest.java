package io.millrace.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.event.Event;
import io.millrace.kafka.record.AgUiRecords;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden frames of merged deltas, and what is never merged. */
class CoalescingEncoderTest {

  private static final String HELLO =
      "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\",\"delta\":\"Hello\"}";

  private static final String WORLD =
      "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\",\"delta\":\", world\"}";

  private static String encode(Event... events) {
    ByteBuf out = Unpooled.buffer();
    CoalescingEncoder encoder = new CoalescingEncoder(out);
    for (Event event : events) {
      encoder.add(event, () -> "id" + event.offset());
    }
    encoder.finish();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Event event(long offset, String value, String... headers) {
    return AgUiRecords.event(offset, "c", value, headers);
  }

  @Test
  void mergesDeltasOfOneTextUnderTheIdOfTheLast() {
    assertEquals(
        "id: id1\ndata: {\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\","
            + "\"delta\":\"Hello, world\"}\n\n",
        encode(event(0, HELLO), event(1, WORLD)));
  }

  @Test
  void keepsTheEventName() {
    assertEquals(
        "id: id1\nevent: delta\ndata: {\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\","
            + "\"delta\":\"Hello, world\"}\n\n",
        encode(event(0, HELLO, "ce_type=delta"), event(1, WORLD, "ce_type=delta")));
  }

  @Test
  void keepsTheTimeOfTheFirst() {
    assertEquals(
        "id: id1\ndata: {\"type\":\"TOOL_CALL_ARGS\",\"toolCallId\":\"t\",\"timestamp\":9,"
            + "\"delta\":\"ab\"}\n\n",
        encode(
            event(
                0,
                "{\"type\":\"TOOL_CALL_ARGS\",\"toolCallId\":\"t\",\"timestamp\":9,\"delta\":\"a\"}"),
            event(
                1,
                "{\"type\":\"TOOL_CALL_ARGS\",\"toolCallId\":\"t\",\"timestamp\":10,\"delta\":\"b\"}")));
  }

  @Test
  void joinsSurrogatesThatWereWrittenApart() {
    assertEquals(
        "id: id1\ndata: {\"type\":\"TEXT_MESSAGE_CHUNK\",\"delta\":\"\\ud83d\\ude00\"}\n\n",
        encode(
            event(0, "{\"type\":\"TEXT_MESSAGE_CHUNK\",\"delta\":\"\\ud83d\"}"),
            event(1, "{\"type\":\"TEXT_MESSAGE_CHUNK\",\"delta\":\"\\ude00\"}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m2\",\"delta\":\"x\"}|",
        "{\"type\":\"REASONING_MESSAGE_CONTENT\",\"messageId\":\"m1\",\"delta\":\"x\"}|",
        "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\",\"delta\":\"x\",\"more\":1}|",
        "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\",\"delta\":7}|",
        "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"delta\":\"x\"}|",
        "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\",\"delta\":\"x\",\"delta\":\"y\"}|",
        "{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"m1\"}|",
        "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\",\"delta\":\"x\"}|scope=user:bob",
        "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\",\"delta\":\"x\"}|ce_type=other",
        "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\",\"delta\":\"x\"}|runid=r2",
        "\"text\"|"
      })
  void leavesWhatDiffersInMoreThanItsText(String other, String header) {
    Event[] events = {
      event(0, HELLO), header == null ? event(1, other) : event(1, other, header), event(2, WORLD)
    };

    assertEquals(encode(events[0]) + encode(events[1]) + encode(events[2]), encode(events));
  }

  @Test
  void leavesDeltasOfAnotherConversation() {
    Event mine = event(0, HELLO);
    Event other = AgUiRecords.event(1, "c2", WORLD);

    assertEquals(encode(mine) + encode(other), encode(mine, other));
  }

  @Test
  void boundsTheTextOfOneEvent() {
    String kilobyte = "x".repeat(1024);
    Event[] events =
        IntStream.range(0, 40)
            .mapToObj(i -> event(i, HELLO.replace("Hello", kilobyte)))
            .toArray(Event[]::new);

    List<String> frames = List.of(encode(events).split("\n\n"));

    assertEquals(3, frames.size());
    assertEquals(
        CoalescingEncoder.MAX_MERGED_BYTES, frames.get(0).chars().filter(c -> c == 'x').count());
  }
}
