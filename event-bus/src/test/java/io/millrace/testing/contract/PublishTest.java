package io.millrace.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.testing.SseClient;
import io.millrace.testing.SseRequest;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestToken;
import io.millrace.testing.TopicReader;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What tests of publishing share: requests of a publisher, their answers, what is in the topic. */
public abstract class PublishTest extends StreamTest {

  protected static final String JSON = "application/json";
  protected static final String STRUCTURED = "application/cloudevents+json";
  protected static final String BATCH = "application/cloudevents-batch+json";

  protected PublishTest(Surface surface) {
    super(surface);
  }

  protected static TestToken publisher() {
    return TestToken.of("backend").groups("publisher");
  }

  protected final SseRequest post(String contentType) {
    return request().method("POST").bearer(publisher()).header("Content-Type", contentType);
  }

  protected final SseClient send(SseRequest request, String body) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return send(request.header("Content-Length", Integer.toString(length)).then(body));
  }

  protected final SseRequest toAlice(String contentType) {
    return post(contentType).query("key", surface.key(alice));
  }

  protected static JsonObject event(String id) {
    return new JsonObject()
        .put("specversion", "1.0")
        .put("id", id)
        .put("source", "/tests")
        .put("type", "order.shipped")
        .put("data", new JsonObject().put("n", id));
  }

  protected final JsonObject eventFor(String person, String id) {
    return event(id).put("partitionkey", surface.key(person));
  }

  protected static JsonObject accepted(SseClient answer) {
    String body = answer.awaitEnd();
    assertEquals(202, answer.status(), body);
    assertEquals(JSON, answer.header("Content-Type"));
    assertEquals("no-store", answer.header("Cache-Control"));
    return new JsonObject(body);
  }

  protected static JsonObject refused(SseClient answer, int status) {
    String body = answer.awaitEnd();
    assertEquals(status, answer.status(), body);
    assertEquals("application/problem+json", answer.header("Content-Type"));
    return new JsonObject(body);
  }

  /** The records with alice's key, once there are so many, and no more. */
  protected final List<ConsumerRecord<byte[], byte[]>> written(int count) {
    try (TopicReader reader = new TopicReader(surface.topic())) {
      assertEquals(count, reader.now(surface.key(alice)).size());
      return reader.now(surface.key(alice));
    }
  }
}
