package io.millrace.testing.contract;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.KafkaResource;
import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.Surface;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Nothing is acknowledged that is not in Kafka. In the order of the story. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class PublishOutageContract extends PublishTest {

  protected PublishOutageContract(Surface surface) {
    super(surface);
  }

  /** A service that gives the broker little time, and holds few bytes for it. */
  public static final class Profile extends ServiceProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = super.getConfigOverrides();
      config.put("millrace.publish.timeout", "3s");
      config.put("millrace.publish.max-in-flight", "4K");
      config.put("quarkus.log.category.\"org.apache.kafka\".level", "ERROR");
      return config;
    }
  }

  private void awaitNothingInFlight() {
    await("nothing in flight")
        .atMost(Duration.ofSeconds(60))
        .until(() -> management().meter("millrace_publish_bytes") == 0);
  }

  @Test
  @Order(1)
  void saysSoWhenTheBrokerIsAwayBeforeTheFirstEvent() {
    // Given
    KafkaResource.broker().stop();

    // When
    SseClient answer = send(toAlice(JSON), "1");

    // Then
    JsonObject problem = refused(answer, 503);
    assertEquals("5", answer.header("Retry-After"));
    assertEquals(null, problem.getString("cursor"));
    assertTrue(management().isReady());
    assertTrue(management().isLive());
  }

  @Test
  @Order(2)
  void putsARequestOffWhenTooMuchIsOnItsWay() {
    // Given
    awaitNothingInFlight();
    SseClient first = send(toAlice(JSON), "\"" + "x".repeat(3000) + "\"");
    await("the first")
        .atMost(Duration.ofSeconds(30))
        .until(() -> management().meter("millrace_publish_bytes") > 3000);

    // When
    SseClient second = send(toAlice(JSON), "\"" + "x".repeat(3000) + "\"");

    // Then
    refused(second, 503);
    assertEquals("1", second.header("Retry-After"));
    refused(first, 503);
    assertTrue(management().meter("millrace_publish_rejections_total", "busy") >= 1);
  }

  @Test
  @Order(3)
  void doesNotWaitForeverForABody() {
    // When
    SseClient answer = send(toAlice(JSON).header("Content-Length", "10").then("1"));

    // Then
    refused(answer, 408);
    awaitNothingInFlight();
  }

  @Test
  @Order(4)
  void publishesAgainWhenTheBrokerIsBack() {
    // Given
    KafkaResource.broker().start();
    awaitNothingInFlight();
    SseClient stream = openAs(alice);

    // When
    await("acceptance")
        .atMost(Duration.ofSeconds(60))
        .until(() -> send(toAlice(JSON), "\"back\"").status() == 202);

    // Then
    assertEquals("\"back\"", stream.awaitData(1).get(0));
  }

  @Test
  @Order(5)
  void listsWhatOfABatchWasNotAcknowledged() {
    // Given
    KafkaResource.broker().stop();
    JsonArray batch = new JsonArray().add(eventFor(alice, "1")).add(eventFor(alice, "2"));

    // When
    JsonObject problem = refused(send(post(BATCH), batch.encode()), 503);

    // Then
    assertEquals("[{\"index\":0},{\"index\":1}]", problem.getJsonArray("failures").encode());
    assertEquals("[null,null]", problem.getJsonArray("cursors").encode());
    KafkaResource.broker().start();
    awaitNothingInFlight();
    await("acceptance")
        .atMost(Duration.ofSeconds(60))
        .until(() -> send(post(BATCH), batch.encode()).status() == 202);
    assertEquals(0, management().meter("millrace_fences_total"));
  }
}
