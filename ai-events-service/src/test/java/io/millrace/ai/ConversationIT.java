package io.millrace.ai;

import static io.millrace.testing.contract.Refusals.assertForbidden;
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

/** Who sees an AI event: a holder of a grant, or of one of its scopes (wire.md §6). */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class ConversationIT extends StreamTest {

  private static final String LAST = "\"last\"";

  private final String chat = "chat-" + UUID.randomUUID();
  private final String other = "other-" + UUID.randomUUID();
  private final String acme = "acme-" + UUID.randomUUID();

  ConversationIT() {
    super(Surface.AI_EVENTS);
  }

  private SseClient openConversation(String id, TestToken token) {
    return open(request().bearer(token).query("conversationId", id));
  }

  private SseClient openAll(TestToken token) {
    return open(request().bearer(token));
  }

  /** Reaches every stream of everything, after all else. */
  private void writeLastToAll() {
    topic().write(TestRecord.of("announcements", LAST).header("scope", "all"));
  }

  @Test
  void isSeenByAHolderOfItsGrant() {
    // Given
    SseClient stream = openConversation(chat, TestToken.of(alice).conversations(chat, other));

    // When
    topic().write(other, "\"of the other\"");
    topic().write(chat, "1");
    topic().write(chat + "x", "\"of a similar one\"");
    topic().write(chat, "2");

    // Then
    assertEquals(List.of("1", "2"), stream.awaitData(2));
  }

  @Test
  void isForbiddenWithoutAGrant() {
    for (TestToken token :
        List.of(
            TestToken.of(alice),
            TestToken.of(alice).conversations(),
            TestToken.of(alice).conversations(other, chat + "x", chat.substring(1), "*"),
            TestToken.of(chat).tenant(chat).groups(chat))) {
      assertForbidden(send(request().bearer(token).query("conversationId", chat)));
    }
  }

  @Test
  void isForbiddenToAHolderOfItsScopeAlone() {
    // Given
    topic().write(TestRecord.of(chat, "1").header("scope", "user:" + alice));

    // Then
    assertForbidden(send(request().bearer(TestToken.of(alice)).query("conversationId", chat)));
  }

  @Test
  void isSeenAmongEverythingOfTheCaller() {
    // Given
    SseClient stream = openAll(TestToken.of(alice).tenant(acme).conversations(chat, other));

    // When
    topic().write(chat, "1");
    topic().write("somebody-else", "\"invisible\"");
    topic().write(other, "2");
    topic().write(TestRecord.of("x", "3").header("scope", "tenant:" + acme));
    topic().write(TestRecord.of("x", "4").header("scope", "user:" + alice));

    // Then
    assertEquals(List.of("1", "2", "3", "4"), stream.awaitData(4));
  }

  @Test
  void isSeenByAHolderOfOneOfItsScopesWithoutAGrant() {
    // Given
    SseClient holder = openAll(TestToken.of(alice).tenant(acme).groups("agents"));
    SseClient stranger = openAll(TestToken.of(bob).tenant(acme).groups("users"));

    // When
    topic()
        .write(
            TestRecord.of(chat, "1")
                .header("scope", "role:" + acme + "/agents")
                .header("scope", "user:nobody"));
    writeLastToAll();

    // Then
    assertEquals(List.of("1", LAST), holder.awaitData(2));
    assertEquals(List.of(LAST), stranger.awaitData(1));
  }

  @Test
  void isInvisibleWithoutScopeAndGrant() {
    // Given
    SseClient stranger = openAll(TestToken.of(chat).tenant(chat).groups(chat));
    SseClient holder = openAll(TestToken.of(alice).conversations(chat));

    // When
    topic().write(chat, "1");
    topic().write("user:" + chat, "2");
    writeLastToAll();

    // Then
    assertEquals(List.of("1", LAST), holder.awaitData(2));
    assertEquals(List.of(LAST), stranger.awaitData(1));
  }

  @Test
  void isSeenOnceByAHolderOfBothGrantAndScope() {
    // Given
    SseClient stream = openAll(TestToken.of(alice).tenant(acme).conversations(chat));

    // When
    topic()
        .write(
            TestRecord.of(chat, "1")
                .header("scope", "user:" + alice)
                .header("scope", "tenant:" + acme)
                .header("runid", "r1"));
    writeLastToAll();

    // Then
    assertEquals(List.of("1", LAST), stream.awaitData(2));
  }

  @Test
  void withScopeHeadersIsStillSeenByAHolderOfItsGrant() {
    // Given
    SseClient stream = openConversation(chat, TestToken.of(alice).conversations(chat));

    // When
    topic().write(TestRecord.of(chat, "1").header("scope", "user:" + bob));

    // Then
    assertEquals(List.of("1"), stream.awaitData(1));
  }

  @Test
  void hasNothingElseInItsStream() {
    // Given
    SseClient stream =
        openConversation(chat, TestToken.of(alice).tenant(acme).conversations(chat, other));

    // When
    topic().write(TestRecord.of("x", "\"mine\"").header("scope", "user:" + alice));
    writeLastToAll();
    topic().write(other, "\"granted too\"");
    topic().write(chat, "1");

    // Then
    assertEquals(List.of("1"), stream.awaitData(1));
  }

  @Test
  void mayHaveAnyTextAsId() {
    // Given
    String id = "thread/42?a=b&c=\u00fc|\"" + UUID.randomUUID();
    SseClient stream = openConversation(id, TestToken.of(alice).conversations(id));

    // When
    topic().write(id, "1");

    // Then
    assertEquals(List.of("1"), stream.awaitData(1));
  }

  @Test
  void grantsNothingToAReplayBeyondItsGrant() {
    // Given
    SseClient hers = openAll(TestToken.of(alice).conversations(chat));
    topic().write(chat, "1");
    topic().write(chat, "2");
    topic().write(other, "3");
    String first = hers.awaitFrames(2).get(0).id();

    // When
    SseClient his =
        open(request().bearer(TestToken.of(bob).conversations(other)).lastEventId(first));

    // Then
    assertEquals(List.of("3"), his.awaitData(1));
  }
}
