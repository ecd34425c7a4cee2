package io.millrace.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.millrace.testing.SseRequest;
import io.millrace.testing.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A run as the chunks of one UI message, however and whenever it is read. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class UiMessageStreamIT extends RunTest {

  private static final String PROFILE = "ui-message-stream";
  private static final String START = "{\"type\":\"start\",\"messageId\":\"r1\"}";
  private static final String FINISH = "{\"type\":\"finish\",\"finishReason\":\"stop\"}";
  private static final String DONE = "[DONE]";

  private static String textDelta(String text) {
    return "{\"type\":\"text-delta\",\"id\":\"m-r1\",\"delta\":\"" + text + "\"}";
  }

  private SseRequest chatAsUi() {
    return requestOfChat().query("profile", PROFILE);
  }

  private SseRequest runAsUi() {
    return requestOfRun().query("profile", PROFILE);
  }

  @Test
  void isGivenFromItsBeginningToItsEndAndSaysSo() {
    // Given
    write(List.of(run.started(), run.messageStarted(), run.delta("a")));
    SseClient stream = open(chatAsUi());
    stream.awaitData(3);

    // When
    topic().write(chat, run.delta("b"));
    topic().write(chat, run.finished());
    topic().write(chat, "\"after\"");

    // Then
    stream.awaitEnd();
    assertTrue(stream.isComplete());
    assertEquals("v1", stream.header("x-vercel-ai-ui-message-stream"));
    assertEquals(
        List.of(
            START,
            "{\"type\":\"text-start\",\"id\":\"m-r1\"}",
            textDelta("a"),
            textDelta("b"),
            FINISH,
            DONE),
        data(stream.frames()));
    assertTrue(stream.frames().stream().allMatch(frame -> frame.event().isEmpty()));
  }

  @Test
  void isNothingWhereNoRunIsInProgress() {
    assertEquals(204, send(chatAsUi()).status());
    write(List.of(run.started(), run.finished()));
    assertEquals(204, send(chatAsUi()).status());
  }

  @Test
  void isNothingWhereTheBeginningOfTheRunIsUnknown() {
    write(List.of(run.delta("of a run from long ago")));

    assertEquals(204, send(chatAsUi()).status());
  }

  @Test
  void isTheRunThatBeganLast() {
    // Given
    AgUiRun later = new AgUiRun(chat, "r2");
    write(List.of(run.started(), later.started()));

    // When
    SseClient stream = open(chatAsUi());
    topic().write(chat, run.finished());
    topic().write(chat, later.finished());

    // Then
    stream.awaitEnd();
    assertEquals(
        List.of("{\"type\":\"start\",\"messageId\":\"r2\"}", FINISH, DONE), data(stream.frames()));
  }

  @Test
  void isWaitedForAndGivenWholeToWhoNamesIt() {
    // Given
    SseClient early = open(runAsUi());

    // When
    topic().writeAll(run.records(List.of(run.started(), run.delta("a"), run.finished())));

    // Then
    early.awaitEnd();
    SseClient late = send(runAsUi());
    late.awaitEnd();
    assertEquals(List.of(START, textDelta("a"), FINISH, DONE), data(early.frames()));
    assertEquals(data(early.frames()), data(late.frames()));
  }

  @Test
  void isMergedForWhoAsksForItAndForWhoComesLate() {
    // Given
    List<String> tokens = IntStream.range(0, 200).mapToObj(i -> i + " ").toList();
    SseClient waiting = open(runAsUi().query("coalesce", "1000"));

    // When
    List<String> events = new ArrayList<>(run.open(tokens));
    events.add(run.finished());
    topic().writeAll(run.records(events));

    // Then
    waiting.awaitEnd();
    SseClient late = send(runAsUi());
    late.awaitEnd();
    for (SseClient stream : List.of(waiting, late)) {
      assertEquals(String.join("", tokens), AgUiRun.text(data(stream.frames())));
      assertTrue(stream.frames().size() < tokens.size(), stream.body());
    }
  }

  @Test
  void goesOnBehindAnyOfItsIds() {
    // Given
    write(
        List.of(
            run.started(),
            run.messageStarted(),
            run.delta("a"),
            "{\"type\":\"REASONING_START\",\"messageId\":\"m\"}",
            "{\"type\":\"TEXT_MESSAGE_CHUNK\",\"messageId\":\"k\",\"delta\":\"b\"}",
            run.finished()));
    SseClient whole = send(runAsUi());
    whole.awaitEnd();
    List<SseFrame> frames = whole.frames();

    for (int i = 0; i < frames.size() - 2; i++) {
      if (frames.get(i).id().isEmpty()) {
        continue;
      }
      // When
      SseClient rest = send(runAsUi().lastEventId(frames.get(i).id()));

      // Then
      rest.awaitEnd();
      assertEquals(data(frames.subList(i + 1, frames.size())), data(rest.frames()));
    }
    assertEquals(204, send(runAsUi().lastEventId(frames.get(frames.size() - 1).id())).status());
  }

  @Test
  void saysTheArgumentsOfAToolCallLiveAndLate() {
    // Given
    String call = "{\"type\":\"TOOL_CALL_%s\",\"toolCallId\":\"t\"%s}";
    SseClient live = open(runAsUi());

    // When
    topic()
        .writeAll(
            run.records(
                List.of(
                    run.started(),
                    call.formatted("START", ",\"toolCallName\":\"find\""),
                    call.formatted("ARGS", ",\"delta\":\"{\\\"q\\\"\""),
                    call.formatted("ARGS", ",\"delta\":\":1}\""))));
    live.awaitData(4);
    topic().write(chat, call.formatted("END", ""));
    topic().write(chat, run.finished());

    // Then
    live.awaitEnd();
    SseClient late = send(runAsUi());
    late.awaitEnd();
    String available =
        "{\"type\":\"tool-input-available\",\"input\":{\"q\":1},\"toolCallId\":\"t\","
            + "\"toolName\":\"find\"}";
    assertTrue(data(live.frames()).contains(available), live.body());
    assertTrue(data(late.frames()).contains(available), late.body());
  }

  @Test
  void failsWhereItCannotBeResumed() {
    // Given
    write(List.of(run.started()));

    // When
    SseClient stream = send(chatAsUi().lastEventId("1.foreign.AA"));

    // Then
    stream.awaitEnd();
    assertEquals(
        List.of(
            "{\"type\":\"error\",\"errorText\":\"The stream can't be resumed: unknown\"}", DONE),
        data(stream.frames()));
  }

  @Test
  void breaksOffWhereItHasToEndEarly() {
    // Given
    write(List.of(run.started()));
    TestToken expiring = TestToken.of(alice).conversations(chat).expiresIn(Duration.ofSeconds(15));

    // When
    SseClient stream =
        open(request().bearer(expiring).query("conversationId", chat).query("profile", PROFILE));

    // Then
    stream.awaitClosed();
    assertFalse(stream.isComplete());
    assertEquals(List.of(START), data(stream.frames()));
  }
}
