package io.millrace.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who names a run is given it alone, and told of its end. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class RunEndIT extends RunTest {

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
    assertEquals(List.of(run.started(), run.finished(), "\"after\""), conversation.awaitData(3));
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
        List.of("stream.reset", "stream.end"),
        stream.frames().stream().map(SseFrame::event).toList());
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
}
