package io.millrace.e2e;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * An agent that says more and more until it is told to finish: AG-UI events, each acknowledged
 * before the next. On a thread of its own.
 */
final class RunWriter {

  private static final String TOPIC = "ai-events";

  private final TopicWriter topics;
  private final String conversation;
  private final CompletableFuture<String> whole;
  private volatile boolean finishing;
  private volatile int tokens;

  private RunWriter(TopicWriter topics, String conversation) {
    this.topics = topics;
    this.conversation = conversation;
    this.whole = CompletableFuture.supplyAsync(this::write);
  }

  static RunWriter start(TopicWriter topics, String conversation) {
    return new RunWriter(topics, conversation);
  }

  private String write() {
    StringBuilder text = new StringBuilder();
    publish(event("RUN_STARTED").put("threadId", conversation).put("runId", "r1"));
    publish(event("TEXT_MESSAGE_START").put("messageId", "m1").put("role", "assistant"));
    while (!finishing) {
      String delta = (tokens % 7 == 0 ? "🚆\n" : "größer ") + tokens++ + ' ';
      publish(event("TEXT_MESSAGE_CONTENT").put("messageId", "m1").put("delta", delta));
      text.append(delta);
    }
    publish(event("TEXT_MESSAGE_END").put("messageId", "m1"));
    publish(event("RUN_FINISHED").put("threadId", conversation).put("runId", "r1"));
    return text.toString();
  }

  private static JsonObject event(String type) {
    return new JsonObject().put("type", type);
  }

  private void publish(JsonObject event) {
    try {
      topics.publish(TOPIC, conversation, event.encode());
    } catch (ExecutionException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Pieces of text so far. */
  int tokens() {
    return tokens;
  }

  /** Ends the run and returns its whole text. */
  String finish() {
    finishing = true;
    return whole.join();
  }
}
