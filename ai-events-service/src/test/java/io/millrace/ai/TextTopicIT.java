package io.millrace.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestRecord;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A topic of opaque text: a value of several lines is as many data fields (wire.md §2). */
@QuarkusTest
@TestProfile(TextTopicIT.Profile.class)
class TextTopicIT extends StreamTest {

  TextTopicIT() {
    super(Surface.AI_EVENTS);
  }

  /** A service whose topic is not JSON. */
  public static final class Profile extends ServiceProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = super.getConfigOverrides();
      config.put("millrace.topic.payload", "text");
      return config;
    }
  }

  static Stream<Arguments> values() {
    return Stream.of(
        arguments("hello", "data: hello\n\n"),
        arguments(" lead and trail ", "data:  lead and trail \n\n"),
        arguments("a\nb", "data: a\ndata: b\n\n"),
        arguments("a\r\nb", "data: a\ndata: b\n\n"),
        arguments("a\rb", "data: a\ndata: b\n\n"),
        arguments("a\n\r\nb", "data: a\ndata: \ndata: b\n\n"),
        arguments("\n", "data: \ndata: \n\n"),
        arguments("a\n", "data: a\ndata: \n\n"),
        arguments(
            "x\nid: forged\n\nevent: y", "data: x\ndata: id: forged\ndata: \ndata: event: y\n\n"),
        arguments(": comment", "data: : comment\n\n"),
        arguments("{\"n\": 1,\r\n\"m\":2}", "data: {\"n\": 1,\ndata: \"m\":2}\n\n"),
        arguments("\ud83d\ude00\u2028\u0085", "data: \ud83d\ude00\u2028\u0085\n\n"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void isOneDataFieldPerLine(String value, String golden) {
    // Given
    SseClient stream = openAs(alice);

    // When
    publish(alice, value);

    // Then
    SseFrame frame = stream.awaitFrame();
    assertEquals("id: " + frame.id() + "\n" + golden, frame.raw());
  }

  @Test
  void isStillUtf8() {
    // Given
    SseClient stream = openAs(alice);

    // When
    topic().write(TestRecord.of(surface.key(alice), new byte[] {'a', (byte) 0xff}));
    publish(alice, "good");

    // Then
    assertEquals(List.of("good"), stream.awaitData(1));
  }

  @Test
  void isNamedByItsTypeToo() {
    // Given
    SseClient stream = openAs(alice);

    // When
    topic().write(TestRecord.of(surface.key(alice), "a\nb").header("ce_type", "token"));

    // Then
    SseFrame frame = stream.awaitFrame();
    assertEquals("id: " + frame.id() + "\nevent: token\ndata: a\ndata: b\n\n", frame.raw());
  }
}
