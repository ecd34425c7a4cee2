package io.millrace.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestRecord;
import io.millrace.testing.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code runId} narrows a conversation to one run of it. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class RunIT extends StreamTest {

  private final String chat = "chat-" + UUID.randomUUID();

  RunIT() {
    super(Surface.AI_EVENTS);
  }

  private SseClient openRun(String run) {
    return open(
        request()
            .bearer(TestToken.of(alice).conversations(chat))
            .query("conversationId", chat)
            .query("runId", run));
  }

  private static String ofRun(String run, int n) {
    return "{\"n\":%d,\"runId\":\"%s\"}".formatted(n, run);
  }

  @Test
  void isTakenFromTheHeader() {
    // Given
    SseClient stream = openRun("r1");

    // When
    topic().write(TestRecord.of(chat, "1").header("runid", "r1"));
    topic().write(TestRecord.of(chat, "2").header("runid", "r2"));
    topic().write(chat, "3");
    topic().write(TestRecord.of(chat, "4").header("runid", "r1"));

    // Then
    assertEquals(List.of("1", "4"), stream.awaitData(2));
  }

  @Test
  void isTakenFromThePayload() {
    // Given
    SseClient stream = openRun("r1");

    // When
    topic().write(chat, ofRun("r1", 1));
    topic().write(chat, ofRun("r2", 2));
    topic().write(chat, "{\"nested\":{\"runId\":\"r1\"}}");
    topic().write(chat, ofRun("r1", 3));

    // Then
    assertEquals(List.of(ofRun("r1", 1), ofRun("r1", 3)), stream.awaitData(2));
  }

  @Test
  void isTakenFromTheDataOfAStructuredCloudEvent() {
    // Given
    SseClient stream = openRun("r1");

    // When
    topic()
        .write(
            TestRecord.of(chat, "{\"type\":\"RUN_STARTED\",\"data\":" + ofRun("r1", 1) + "}")
                .header("content-type", "application/cloudevents+json"));

    // Then
    assertEquals("RUN_STARTED", stream.awaitFrame().event());
  }

  @Test
  void inTheHeaderWinsOverThePayload() {
    // Given
    SseClient stream = openRun("r1");

    // When
    topic().write(TestRecord.of(chat, ofRun("r1", 1)).header("runid", "r2"));
    topic().write(TestRecord.of(chat, ofRun("r2", 2)).header("runid", "r1"));

    // Then
    assertEquals(List.of(ofRun("r2", 2)), stream.awaitData(1));
  }

  @Test
  void ofAnotherConversationIsAnotherRun() {
    // Given
    SseClient stream = openRun("r1");

    // When
    topic().write(chat + "x", ofRun("r1", 1));
    topic().write(chat, ofRun("r1", 2));

    // Then
    assertEquals(List.of(ofRun("r1", 2)), stream.awaitData(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "null", "[\"r1\"]", "{}", "\"\""})
  void thatCannotBeOneLeavesTheEventInItsConversation(String value) {
    // Given
    SseClient conversation = openAs(alice);
    String event = "{\"runId\":" + value + "}";

    // When
    publish(alice, event);

    // Then
    assertEquals(List.of(event), conversation.awaitData(1));
  }

  @Test
  void isNarrowedInAReplayToo() {
    // Given
    SseClient stream = openRun("r1");
    topic().write(chat, ofRun("r1", 1));
    topic().write(chat, ofRun("r2", 2));
    topic().write(chat, ofRun("r1", 3));
    String first = stream.awaitFrames(2).get(0).id();

    // When
    SseClient resumed =
        open(
            request()
                .bearer(TestToken.of(alice).conversations(chat))
                .query("conversationId", chat)
                .query("runId", "r1")
                .lastEventId(first));

    // Then
    assertEquals(List.of(ofRun("r1", 3)), resumed.awaitData(1));
  }
}
