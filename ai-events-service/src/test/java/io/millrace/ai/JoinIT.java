package io.millrace.ai;

import static io.millrace.testing.contract.Refusals.assertForbidden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.millrace.testing.TestRecord;
import io.millrace.testing.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who comes in the middle of a run is given it from its beginning. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class JoinIT extends RunTest {

  private static final int TOKENS = 20_000;

  @Test
  void givesTheRunInProgressFromItsBeginning() {
    // Given
    write(
        List.of("{\"type\":\"CUSTOM\",\"name\":\"before\"}", run.started(), run.messageStarted()));

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
  void joinsALongRunInAFewDozenFrames() {
    // Given
    List<String> tokens = IntStream.range(0, TOKENS).mapToObj(i -> "w" + i + " ").toList();
    write(run.open(tokens));

    // When
    SseClient late = open(requestOfChat());
    topic().write(chat, run.delta("live"));

    // Then
    String text = tokens.stream().collect(Collectors.joining()) + "live";
    awaitBody(late, "live\"}\n\n");
    List<String> data = data(late.frames());
    assertEquals(text, AgUiRun.text(data));
    assertTrue(data.size() <= 100, data.size() + " frames");
  }

  @Test
  void resumesBehindTheLastDeltaOfAMergedEvent() {
    // Given
    List<String> tokens = IntStream.range(0, 1000).mapToObj(i -> i + " ").toList();
    write(run.open(tokens));
    SseClient joined = open(requestOfChat());
    awaitBody(joined, " 999 \"}\n\n");

    for (SseFrame cut : joined.frames()) {
      // When
      SseClient rest = open(requestOfChat().lastEventId(cut.id()));
      topic().write(chat, "\"end of " + cut.id() + "\"");

      // Then
      awaitBody(rest, "end of " + cut.id());
      int at = joined.frames().indexOf(cut);
      String before = AgUiRun.text(data(joined.frames().subList(0, at + 1)));
      String after = AgUiRun.text(data(rest.frames()));
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
    assertForbidden(
        send(
            request()
                .bearer(TestToken.of(bob))
                .query("conversationId", chat)
                .query("runId", "r1")));
  }

  @Test
  void mergesWhatWaitsForWhoAsksForIt() {
    // Given
    List<String> tokens = IntStream.range(0, 200).mapToObj(i -> i + " ").toList();
    SseClient waiting = open(requestOfChat().query("coalesce", "1000"));
    SseClient live = open(requestOfChat());

    // When
    topic().writeAll(run.records(run.open(tokens)));
    topic().write(chat, run.finished());

    // Then
    awaitBody(waiting, "RUN_FINISHED");
    awaitBody(live, "RUN_FINISHED");
    assertEquals(String.join("", tokens), AgUiRun.text(data(waiting.frames())));
    assertTrue(waiting.frames().size() < tokens.size(), waiting.body());
    assertEquals(tokens.size() + 3, live.frames().size());
  }

  @Test
  void isSharedByANewToken() {
    // Given
    write(List.of(run.started(), run.delta("a")));
    assertForbidden(send(request().bearer(TestToken.of(bob)).query("conversationId", chat)));

    // When
    SseClient shared =
        open(request().bearer(TestToken.of(bob).conversations(chat)).query("conversationId", chat));

    // Then
    assertEquals(List.of(run.started(), run.delta("a")), shared.awaitData(2));
  }
}
