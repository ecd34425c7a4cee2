package io.millrace.cli.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One test per clause of HTML's "Parsing an event stream" and "Interpreting an event stream". */
class EventStreamParserTest {

  private final List<ServerSentEvent> events = new ArrayList<>();
  private final List<String> comments = new ArrayList<>();
  private final List<Duration> retries = new ArrayList<>();
  private final EventStreamParser parser =
      new EventStreamParser(
          "before",
          new EventStreamParser.Listener() {
            @Override
            public void event(ServerSentEvent event) {
              events.add(event);
            }

            @Override
            public void comment(String text) {
              comments.add(text);
            }

            @Override
            public void retry(Duration reconnectionTime) {
              retries.add(reconnectionTime);
            }
          });

  private void feed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    parser.feed(bytes, bytes.length);
  }

  private void feedByteByByte(String text) {
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      parser.feed(new byte[] {one}, 1);
    }
  }

  private List<String> data() {
    return events.stream().map(ServerSentEvent::data).toList();
  }

  @Test
  void dispatchesAtTheBlankLine() {
    feed("id: 1\nevent: order\ndata: {}\n");
    assertEquals(List.of(), events);

    feed("\n");
    assertEquals(List.of(new ServerSentEvent("order", "{}", "1")), events);
  }

  @Test
  void namesAnEventWithoutANameMessage() {
    feed("event: first\ndata: a\n\ndata: b\n\n");

    assertEquals("first", events.get(0).type());
    assertEquals("message", events.get(1).type());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void endsLinesAtAnyOfTheThreeEnds(String end) {
    feed("data: a" + end + "data: b" + end + end + "data: c" + end + end);

    assertEquals(List.of("a\nb", "c"), data());
  }

  @Test
  void takesCrLfSplitOverTwoReadsAsOneEnd() {
    feedByteByByte("data: a\r\ndata: b\r\n\r\n");

    assertEquals(List.of("a\nb"), data());
  }

  @Test
  void dispatchesAtALoneCarriageReturnWithoutWaitingForTheNextByte() {
    feed("data: a\r\r");

    assertEquals(List.of("a"), data());
  }

  @Test
  void decodesCharactersSplitOverReads() {
    feedByteByByte("data: žluťoučký 🐎\n\n");

    assertEquals(List.of("žluťoučký 🐎"), data());
  }

  @Test
  void ignoresAByteOrderMarkAtTheStartOnly() {
    feed("\uFEFFdata: a\n\ndata: \uFEFFb\n\n");

    assertEquals(List.of("a", "\uFEFFb"), data());
  }

  @Test
  void removesOneSpaceAfterTheColon() {
    feed("data:a\n\ndata: a\n\ndata:  a\n\ndata:\ta\n\n");

    assertEquals(List.of("a", "a", " a", "\ta"), data());
  }

  @Test
  void takesALineWithoutColonAsAFieldWithoutValue() {
    feed("data\n\ndata\ndata\n\n");

    assertEquals(List.of("", "\n"), data());
  }

  @Test
  void keepsColonsInTheValue() {
    feed("data: {\"a\":1}\n\n");

    assertEquals(List.of("{\"a\":1}"), data());
  }

  @Test
  void dispatchesNothingWithoutData() {
    feed("event: order\n\ndata: a\n\n");

    assertEquals(List.of(new ServerSentEvent("message", "a", "before")), events);
  }

  @Test
  void ignoresUnknownFieldsAndOtherCases() {
    feed("Data: a\nfoo: b\ndata : c\n data: d\n\n");

    assertEquals(List.of(), events);
  }

  @Test
  void tellsComments() {
    feed(": hb 17\n:\ndata: a\n\n");

    assertEquals(List.of(" hb 17", ""), comments);
    assertEquals(List.of("a"), data());
  }

  @Test
  void keepsTheIdForLaterEvents() {
    feed("id: 1\ndata: a\n\ndata: b\n\n");

    assertEquals("1", events.get(1).lastEventId());
  }

  @Test
  void startsWithTheIdOfTheConnectionBefore() {
    feed("data: a\n\n");

    assertEquals("before", events.get(0).lastEventId());
  }

  @Test
  void forgetsTheIdWhenItIsEmpty() {
    feed("id\ndata: a\n\n");

    assertEquals("", parser.lastEventId());
  }

  @Test
  void ignoresAnIdWithNull() {
    feed("id: a\0b\ndata: a\n\n");

    assertEquals("before", parser.lastEventId());
  }

  @Test
  void commitsTheIdAtTheBlankLine() {
    feed("id: 1\ndata: a\n");
    assertEquals("before", parser.lastEventId());

    feed("\n");
    assertEquals("1", parser.lastEventId());
  }

  @Test
  void movesTheIdWithABlockThatHasNothingElse() {
    feed("id: 1\n\n");

    assertEquals("1", parser.lastEventId());
    assertEquals(List.of(), events);
  }

  @Test
  void discardsAnEventTheStreamEndsIn() {
    feed("data: a\n\nid: 2\ndata: b\n");

    assertEquals(List.of("a"), data());
    assertEquals("before", parser.lastEventId());
  }

  @Test
  void takesARetryOfDigitsOnly() {
    feed("retry: 1500\nretry: 15x\nretry: -1\nretry:\nretry: 99999999999999\nretry: ١\n");

    assertEquals(List.of(Duration.ofMillis(1500)), retries);
  }

  @Test
  void refusesALineWithoutEnd() {
    byte[] endless = new byte[1 << 20];
    java.util.Arrays.fill(endless, (byte) 'x');

    assertThrows(
        IllegalStateException.class,
        () -> {
          for (int i = 0; i <= EventStreamParser.MAX_EVENT_BYTES / endless.length; i++) {
            parser.feed(endless, endless.length);
          }
        });
  }
}
