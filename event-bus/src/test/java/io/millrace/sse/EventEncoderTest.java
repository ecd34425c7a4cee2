package io.millrace.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.event.Event;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Golden frames, one per clause of the frame format. */
class EventEncoderTest {

  @Test
  void putsIdThenEventThenData() {
    assertEquals(
        "id: 1.abc.AA\nevent: order.shipped\ndata: {\"n\":1}\n\n",
        frame("order.shipped", "{\"n\":1}"));
  }

  @Test
  void leavesTheEventLineOutWhenThereIsNoName() {
    assertEquals("id: 1.abc.AA\ndata: {\"n\":1}\n\n", frame("", "{\"n\":1}"));
  }

  @Test
  void keepsALeadingSpaceOfTheData() {
    assertEquals("id: 1.abc.AA\ndata:   lead\n\n", frame("", "  lead"));
  }

  @Test
  void keepsAColonAtTheBeginningOfTheData() {
    assertEquals("id: 1.abc.AA\ndata: : not a comment\n\n", frame("", ": not a comment"));
  }

  @Test
  void writesUnicodeAsUtf8() {
    assertEquals("id: 1.abc.AA\nevent: grüße\ndata: \"😀 – ñ\"\n\n", frame("grüße", "\"😀 – ñ\""));
  }

  @Test
  void splitsTextIntoOneDataFieldPerLine() {
    assertEquals("id: 1.abc.AA\ndata: a\ndata: b\n\n", frame("", "a\nb"));
  }

  @Test
  void keepsEmptyLinesOfText() {
    assertEquals("id: 1.abc.AA\ndata: \ndata: a\ndata: \ndata: \n\n", frame("", "\na\n\n"));
  }

  @Test
  void cannotBeTalkedIntoAnotherField() {
    assertEquals(
        "id: 1.abc.AA\ndata: a\ndata: id: x\ndata: event: y\n\n", frame("", "a\nid: x\nevent: y"));
  }

  @Test
  void carriesTheLargestEventWhole() {
    String large = "\"" + "x".repeat(64 * 1024 - 2) + "\"";

    assertEquals("id: 1.abc.AA\ndata: " + large + "\n\n", frame("", large));
  }

  private static String frame(String type, String data) {
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    ByteBuf out = Unpooled.buffer();
    Event event = new Event(0, 0, Set.of(), type, bytes, data.indexOf('\n') >= 0);
    EventEncoder.encode(out, "1.abc.AA", event.type(), event);
    return out.toString(StandardCharsets.UTF_8);
  }
}
