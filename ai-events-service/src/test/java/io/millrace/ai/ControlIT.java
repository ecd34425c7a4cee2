package io.millrace.ai;

import static io.millrace.testing.contract.Refusals.assertForbidden;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.millrace.testing.Surface;
import io.millrace.testing.TestRecord;
import io.millrace.testing.TestToken;
import io.millrace.testing.contract.ControlContract;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said of tokens, and beyond that of conversations. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class ControlIT extends ControlContract {

  private final String conversation = "c-" + UUID.randomUUID();

  ControlIT() {
    super(Surface.AI_EVENTS);
  }

  private SseClient openConversation(TestToken token, String lastEventId) {
    return open(
        request()
            .bearer(token)
            .query("conversationId", conversation)
            .query("lastEventId", lastEventId));
  }

  private TestToken granted() {
    return TestToken.of(alice)
        .conversations(conversation, surface.key(alice))
        .claim("iat", Instant.now().minusSeconds(60).getEpochSecond());
  }

  private SseClient ask(TestToken token) {
    return send(request().bearer(token).query("conversationId", conversation));
  }

  private void awaitStatus(TestToken token, int status) {
    await("status " + status)
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertEquals(status, ask(token).status()));
  }

  @Test
  void aRevokedConversationIsNoLongerGrantedByOlderTokens() {
    // Given
    SseClient named = openConversation(granted(), "");
    SseClient all = open(request().bearer(granted()));

    // When
    control().write("conversation:" + conversation, "{\"action\":\"revoke\"}");

    // Then
    assertTrue(named.awaitFrame().data().contains("revoked"), named.body());
    assertTrue(all.awaitFrame().data().contains("revoked"), all.body());
    assertForbidden(ask(granted()));
    SseClient rest = open(request().bearer(granted()));
    topic().write(conversation, "\"hidden\"");
    publish(alice, "\"visible\"");
    assertEquals(List.of("\"visible\""), rest.awaitData(1));
  }

  @Test
  void aRevokedConversationEndsTheStreamOfARunInIt() {
    // Given
    SseClient stream =
        open(
            request()
                .bearer(granted())
                .query("conversationId", conversation)
                .query("runId", "r1")
                .query("coalesce", "1000"));

    // When
    control().write("conversation:" + conversation, "{\"action\":\"revoke\"}");

    // Then
    assertTrue(stream.awaitFrame().data().contains("revoked"), stream.body());
    assertForbidden(ask(granted()));
  }

  @Test
  void aRevokedConversationCanBeGrantedAnew() {
    // Given
    Instant before = Instant.now().minusSeconds(30);
    String revoke = "{\"action\":\"revoke\",\"before\":\"" + before + "\"}";

    // When
    control().write("conversation:" + conversation, revoke);

    // Then
    awaitStatus(granted(), 403);
    openConversation(TestToken.of(alice).conversations(conversation), "");
  }

  @Test
  void anEndedConversationEndsItsStreamsAfterItsLastEvent() {
    // Given
    SseClient stream = openConversation(granted(), "");
    SseClient all = open(request().bearer(granted()));

    // When
    IntStream.range(0, 50).forEach(n -> topic().write(conversation, String.valueOf(n)));
    control().write("conversation:" + conversation, "{\"action\":\"end\"}");

    // Then
    stream.awaitEnd();
    List<SseFrame> frames = stream.frames();
    assertEquals(51, frames.size());
    assertEquals("49", frames.get(49).data());
    SseFrame last = frames.get(50);
    assertEquals("stream.end", last.event());
    assertEquals("{\"reason\":\"conversation-ended\"}", last.data());
    SseClient again =
        send(
            request()
                .bearer(granted())
                .query("conversationId", conversation)
                .lastEventId(last.id()));
    assertEquals(204, again.status());
    assertEquals("", again.body());
    publish(alice, "\"goes on\"");
    all.awaitFrames(51);
    assertEquals("\"goes on\"", all.frames().get(50).data());
  }

  @Test
  void anEndedConversationGivesAClientWhatItMissedBeforeItsEnd() {
    // Given
    SseClient stream = openConversation(granted(), "");
    IntStream.range(0, 10).forEach(n -> topic().write(conversation, String.valueOf(n)));
    String third = stream.awaitFrames(10).get(2).id();
    stream.close();
    control().write("conversation:" + conversation, "{\"action\":\"end\"}");
    awaitStatus(granted(), 204);

    // When
    SseClient late = openConversation(granted(), third);

    // Then
    late.awaitEnd();
    List<SseFrame> frames = late.frames();
    assertEquals(
        List.of("3", "4", "5", "6", "7", "8", "9"),
        frames.subList(0, 7).stream().map(SseFrame::data).toList());
    assertEquals("stream.end", frames.get(7).event());
    assertEquals(8, frames.size());
  }

  @Test
  void anEndedConversationIsTakenUpAgainAfterATombstone() {
    // Given
    control().write("conversation:" + conversation, "{\"action\":\"end\"}");
    awaitStatus(granted(), 204);

    // When
    control().write(TestRecord.tombstone("conversation:" + conversation));

    // Then
    awaitStatus(granted(), 200);
  }
}
