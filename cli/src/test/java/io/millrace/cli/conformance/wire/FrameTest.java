package io.millrace.cli.conformance.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void endsAtABlankLineOfAnyKind(String end) {
    // When
    List<Frame> frames = Frame.in(String.join(end, "id: 1", "data: a", "", "data: b", "", "da"));

    // Then
    assertEquals(
        List.of(new Frame(List.of("id: 1", "data: a")), new Frame(List.of("data: b"))), frames);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "data: a", "data: a\n", "data: a\n:"})
  void isNotThereBeforeItsBlankLine(String text) {
    assertEquals(List.of(), Frame.in(text));
  }

  @Test
  void readsFieldsAsTheStandardSays() {
    // When
    Frame frame = Frame.in("\uFEFFevent: a\nevent:b\nid\ndata:  x\ndata\ndatas: y\n\n").get(0);

    // Then
    assertEquals("b", frame.event());
    assertEquals("", frame.id());
    assertEquals(List.of(" x", ""), frame.values("data"));
    assertEquals(" x\n", frame.data());
    assertEquals(3, frame.indexOf("data"));
    assertEquals(5, frame.indexOf("datas"));
  }

  @Test
  void isAMessageWithoutAName() {
    assertEquals("message", Frame.in("data: a\n\n").get(0).event());
  }
}
