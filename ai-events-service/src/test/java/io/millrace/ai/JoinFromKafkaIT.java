package io.millrace.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A run whose beginning has left the tail is given from Kafka. */
@QuarkusTest
@TestProfile(JoinFromKafkaIT.SmallTail.class)
class JoinFromKafkaIT extends RunTest {

  /** Holds some hundred events. */
  public static class SmallTail extends ServiceProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = super.getConfigOverrides();
      config.put("millrace.tail.max-bytes", "100K");
      return config;
    }
  }

  private static final List<String> TOKENS =
      IntStream.range(0, 5000).mapToObj(i -> i + " ").toList();

  @Test
  void toWhoFollowsItsConversation() {
    // Given
    write(run.open(TOKENS));

    // When
    SseClient late = open(requestOfChat());
    topic().write(chat, run.delta("live"));

    // Then
    awaitBody(late, "live\"}\n\n");
    List<String> data = data(late.frames());
    assertEquals(String.join("", TOKENS) + "live", AgUiRun.text(data));
    assertTrue(data.size() < TOKENS.size() / 10, data.size() + " frames");
  }

  @Test
  void toWhoNamesItThoughItsEventsDoNot() {
    // Given
    AgUiRun before = new AgUiRun(chat, "r0");
    write(List.of(before.started(), before.delta("no"), before.finished()));
    write(run.open(TOKENS));

    // When
    SseClient late = open(requestOfRun());
    topic().write(chat, run.finished());

    // Then
    awaitBody(late, "stream.end");
    List<SseFrame> frames = late.frames();
    assertEquals(String.join("", TOKENS), AgUiRun.text(data(frames)));
    SseFrame cut = frames.get(frames.size() / 2);
    SseClient rest = send(requestOfRun().lastEventId(cut.id()));
    awaitBody(rest, "stream.end");
    assertEquals(
        String.join("", TOKENS),
        AgUiRun.text(data(frames.subList(0, frames.size() / 2 + 1)))
            + AgUiRun.text(data(rest.frames())));
  }

  @Test
  void unlessNobodyKnowsItAnyMore() {
    // Given
    SseClient live = open(requestOfChat().query("from", "live"));
    topic().write(chat, "\"first\"");
    String cursor = live.awaitFrame().id();
    write(run.open(TOKENS));

    // When
    SseClient stream = open(requestOfChat().query("runId", "unknown").lastEventId(cursor));

    // Then
    assertTrue(stream.awaitFrame().data().contains("expired"), stream.body());
  }
}
