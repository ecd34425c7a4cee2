package io.millrace.ai;

import static io.millrace.testing.contract.Refusals.assertForbidden;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.millrace.testing.SseRequest;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestRecord;
import io.millrace.testing.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who comes in the middle of a run is given it from its beginning, and told of its end. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class JoinIT extends StreamTest {

  private static final int TOKENS = 20_000;

  private final String chat = "chat-" + UUID.randomUUID();
  private final AgUiRun run = new AgUiRun(chat, "r1");

  JoinIT() {
    super(Surface.AI_EVENTS);
  }

  private SseRequest requestOfChat() {
    return request()
        .bearer(TestToken.of(alice).conversations(chat))
        .query("conversationId", chat);
  }

  private SseRequest requestOfRun() {
    return requestOfChat().query("runId", "r1");
  }

  /** Writes these, and waits until this replica has read them. */
  private void write(List<String> events) {
    SseClient live = open(requestOfChat().query("from", "live").query("coalesce", "0"));
    topic().writeAll(run.records(events));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> live.body().contains(events.get(events.size() - 1)));
    live.close();
  }

  @Test
  void givesTheRunInProgressFromItsBeginning() {
    // Given
    write(List.of("{\"type\":\"CUSTOM\",\"name\":\"before\"}", run.started(), run.messageStarted()));

    // When
    SseClient stream = open(requestOfChat());
    topic().write(chat, run.delta("Hi"));

    // Then
    assertEquals(
        List.of(run.started(), run.messageStarted(), run.delta("Hi")), stream.awaitData(3));
  }

  @Test
  void givesNothingOfThePastWhenAskedForLive() {
    // Given
    write(List.of(run.started()));

    // When
    SseClient stream = open(requestOfChat().query("from", "live"));
    topic().write(chat, run.delta("Hi"));

    // Then
    assertEquals(List.of(run.delta("Hi")), stream.awaitData(1));
  }

  @Test
  void givesNothingOfARunThatHasEnded() {
    // Given
    write(List.of(run.started(), run.finished()));

    // When
    SseClient stream = open(requestOfChat().query("from", "run"));
    topic().write(chat, "\"next\"");

    // Then
    assertEquals(List.of("\"next\""), stream.awaitData(1));
  }

  @Test
  void givesAllRunsInProgressFromTheFirstOn() {
    // Given
    AgUiRun other = new AgUiRun(chat, "r2");
    write(List.of(run.started(), other.started()));

    // When
    SseClient stream = open(requestOfChat());

    // Then
    assertEquals(List.of(run.started(), other.started()), stream.awaitData(2));
  }

  @Test
  void givesWhoNamesARunItsEventsThoughTheyDoNotNameIt() {
    // Given
    AgUiRun before = new AgUiRun(chat, "r0");
    write(List.of(before.started(), before.delta("no"), before.finished(), run.started()));

    // When
    SseClient stream = open(requestOfRun());
    topic().write(chat, run.delta("yes"));

    // Then
    assertEquals(List.of(run.started(), run.delta("yes")), stream.awaitData(2));
  }

  @Test
  void waitsForARunThatStartsLater() {
    // Given
    SseClient stream = open(requestOfRun());

    // When
    topic().writeAll(run.records(List.of(run.started(), run.delta("yes"), run.finished())));

    // Then
    assertEquals(
        List.of(run.started(), run.delta("yes"), run.finished()),
        stream.awaitData(3).subList(0, 3));
  }

  @Test
  void endsTheStreamOfARunWithItAndSaysSoToWhoComesBack() {
    // Given
    SseClient stream = open(requestOfRun());
    SseClient conversation = open(requestOfChat().query("from", "live"));

    // When
    topic().writeAll(run.records(List.of(run.started(), run.finished())));
    topic().write(chat, "\"after\"");

    // Then
    stream.awaitEnd();
    List<SseFrame> frames = stream.frames();
    assertEquals(3, frames.size(), stream.body());
    assertEquals("stream.end", frames.get(2).event());
    assertEquals("{\"reason\":\"run-finished\"}", frames.get(2).data());
    assertEquals(204, send(requestOfRun().lastEventId(frames.get(2).id())).status());
    assertEquals(204, send(requestOfRun().lastEventId(frames.get(1).id())).status());
    assertEquals(
        List.of(run.started(), run.finished(), "\"after\""), conversation.awaitData(3));
  }

  @Test
  void givesTheRestOfAFinishedRunBeforeItSaysSo() {
    // Given
    write(List.of(run.started(), run.delta("a"), run.messageStarted(), run.finished()));
    SseClient whole = send(requestOfRun());
    whole.awaitEnd();

    // When
    SseClient rest = send(requestOfRun().lastEventId(whole.frames().get(1).id()));

    // Then
    rest.awaitEnd();
    assertEquals(5, whole.frames().size(), whole.body());
    assertEquals(whole.frames().subList(2, 5), rest.frames());
    assertEquals(204, send(requestOfRun().query("from", "live")).status());
  }

  @Test
  void resetsWhoNamesAFinishedRunWithAForeignCursorAndEnds() {
    // Given
    write(List.of(run.started(), run.finished()));

    // When
    SseClient stream = send(requestOfRun().lastEventId("1.foreign.AA"));

    // Then
    stream.awaitEnd();
    assertEquals(
        List.of("stream.reset", "stream.end"), stream.frames().stream().map(SseFrame::event).toList());
  }

  @Test
  void saysThatTheBeginningIsUnknown() {
    // Given
    write(List.of(run.delta("of a run from long ago")));

    // When
    SseClient asked = open(requestOfChat().query("from", "run"));
    SseClient silent = open(requestOfChat());
    topic().write(chat, "\"next\"");

    // Then
    assertTrue(asked.awaitFrame().data().contains("expired"), asked.body());
    assertEquals(List.of("\"next\""), silent.awaitData(1));
  }

  @Test
  void endsWithARunThatWasNeverStarted() {
    // Given
    SseClient stream = open(requestOfRun());

    // When
    topic().write(chat, run.finished());

    // Then
    stream.awaitEnd();
    assertEquals("stream.end", stream.awaitFrames(2).get(1).event());
  }

  @Test
  void joinsALongRunInAFewDozenFrames() {
    // Given
    List<String> tokens = IntStream.range(0, TOKENS).mapToObj(i -> "w" + i + " ").toList();
    write(run.open(tokens));

    // When
    SseClient late = open(requestOfChat());
    topic().write(chat, run.delta("live"));

    // Then
    String text = tokens.stream().collect(Collectors.joining()) + "live";
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> late.body().contains("live\"}\n\n"));
    List<String> data = late.frames().stream().map(SseFrame::data).toList();
    assertEquals(text, AgUiRun.text(data));
    assertTrue(data.size() <= 100, data.size() + " frames");
  }

  @Test
  void resumesBehindTheLastDeltaOfAMergedEvent() {
    // Given
    List<String> tokens = IntStream.range(0, 1000).mapToObj(i -> i + " ").toList();
    write(run.open(tokens));
    SseClient joined = open(requestOfChat());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> joined.body().contains(" 999 \"}\n\n"));

    for (SseFrame cut : joined.frames()) {
      // When
      SseClient rest = open(requestOfChat().lastEventId(cut.id()));
      topic().write(chat, "\"end of " + cut.id() + "\"");

      // Then
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> rest.body().contains("end of " + cut.id()));
      int at = joined.frames().indexOf(cut);
      String before =
          AgUiRun.text(joined.frames().subList(0, at + 1).stream().map(SseFrame::data).toList());
      String after = AgUiRun.text(rest.frames().stream().map(SseFrame::data).toList());
      assertEquals(String.join("", tokens), before + after);
      rest.close();
    }
  }

  @Test
  void showsAHolderOfAScopeOnlyWhatIsAddressedToIt() {
    // Given
    String mine = "\"for bob\"";
    topic().write(run.record(run.started()));
    topic().write(TestRecord.of(chat, mine).header("scope", "user:" + bob));

    // When
    SseClient stream = open(request().bearer(TestToken.of(bob)).query("coalesce", "100"));
    topic().write(run.record(run.delta("hidden")));
    topic().write(TestRecord.of(chat, mine).header("scope", "user:" + bob));

    // Then
    assertEquals(List.of(mine), stream.awaitData(1));
    assertForbidden(send(request().bearer(TestToken.of(bob)).query("conversationId", chat).query("runId", "r1")));
  }

  @Test
  void isSharedByANewToken() {
    // Given
    write(List.of(run.started(), run.delta("a")));
    assertForbidden(send(request().bearer(TestToken.of(bob)).query("conversationId", chat)));

    // When
    SseClient shared =
        open(
            request()
                .bearer(TestToken.of(bob).conversations(chat))
                .query("conversationId", chat));

    // Then
    assertEquals(List.of(run.started(), run.delta("a")), shared.awaitData(2));
  }
}
