package io.millrace.ai;

import static org.awaitility.Awaitility.await;

import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.millrace.testing.SseRequest;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestToken;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A conversation of its own for each test, and a run in it. */
abstract class RunTest extends StreamTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final String chat = "chat-" + UUID.randomUUID();
  final AgUiRun run = new AgUiRun(chat, "r1");

  RunTest() {
    super(Surface.AI_EVENTS);
  }

  final SseRequest requestOfChat() {
    return request().bearer(TestToken.of(alice).conversations(chat)).query("conversationId", chat);
  }

  final SseRequest requestOfRun() {
    return requestOfChat().query("runId", "r1");
  }

  /** Writes these, and waits until this replica has read them. */
  final void write(List<String> events) {
    SseClient live = open(requestOfChat().query("from", "live"));
    topic().writeAll(run.records(events));
    awaitBody(live, end(events.get(events.size() - 1)));
    live.close();
  }

  /** Of a delta its text alone: it may come as a part of a larger one. */
  private static String end(String event) {
    int text = event.indexOf("\"delta\":\"");
    return text < 0 ? event : event.substring(text + 9);
  }

  /** With more patience than for a few frames. */
  static void awaitBody(SseClient stream, String part) {
    await(part).atMost(PATIENCE).until(() -> stream.body().contains(part));
  }

  static List<String> data(List<SseFrame> frames) {
    return frames.stream().map(SseFrame::data).toList();
  }
}
