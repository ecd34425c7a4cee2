package io.millrace.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.millrace.testing.SseRequest;
import io.millrace.testing.TestRecord;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events as the chat of the ToolUp SDK reads them: untouched, without a name, with our ids. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class ToolUpIT extends RunTest {

  private static final String DELTA = "{\"MessageDelta\":[\"chat\",\"Hi\"]}";

  private SseRequest asToolUp() {
    return requestOfChat().query("profile", "toolup");
  }

  private TestRecord named(String value) {
    return TestRecord.of(chat, value).header("ce_type", "MessageDelta");
  }

  @Test
  void leavesTheNameOut() {
    // Given
    SseClient stream = open(asToolUp());

    // When
    topic().write(named(DELTA));

    // Then
    SseFrame frame = stream.awaitFrame();
    assertEquals("id: " + frame.id() + "\ndata: " + DELTA + "\n\n", frame.raw());
  }

  @Test
  void resumesByItsIdsToo() {
    // Given
    SseClient stream = open(asToolUp());
    topic().write(named(DELTA));
    String id = stream.awaitFrame().id();
    stream.close();
    topic().write(named("{\"MessageComplete\":[\"chat\",\"m\"]}"));

    // When
    SseClient resumed = open(asToolUp().lastEventId(id));

    // Then
    SseFrame frame = resumed.awaitFrame();
    assertEquals("{\"MessageComplete\":[\"chat\",\"m\"]}", frame.data());
    assertEquals("", frame.event());
  }

  @Test
  void differsFromTheNativeOneForTheSameEvents() {
    // Given
    SseClient plain = open(requestOfChat());
    SseClient toolup = open(asToolUp());

    // When
    topic().write(named(DELTA));

    // Then
    assertEquals("MessageDelta", plain.awaitFrame().event());
    assertEquals("", toolup.awaitFrame().event());
  }

  @Test
  void isToldOfTheEndOfARun() {
    // Given
    SseClient stream = open(requestOfRun().query("profile", "toolup"));

    // When
    topic().writeAll(run.records(List.of(run.started(), run.finished())));

    // Then
    stream.awaitEnd();
    assertEquals(
        List.of("", "", "stream.end"), stream.frames().stream().map(SseFrame::event).toList());
  }
}
