package io.millrace.notifications;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.KafkaResource;
import io.millrace.testing.LogCapture;
import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.SseRequest;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A service whose issuer does not answer when it starts, nor later. In the order of the story. */
@QuarkusTest
@TestProfile(IssuerOutageIT.Profile.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IssuerOutageIT extends StreamTest {

  private static final Duration LONG = Duration.ofSeconds(90);
  private static final String REFUSED = "millrace_tokens_refused_total";

  public static final class Profile extends ServiceProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = super.getConfigOverrides();
      config.put("mp.jwt.verify.publickey.location", IssuerResource.url());
      return config;
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(KafkaResource.class), new TestResourceEntry(IssuerResource.class));
    }
  }

  IssuerOutageIT() {
    super(Surface.NOTIFICATIONS);
  }

  @Override
  protected boolean startsReady() {
    return false;
  }

  private SseRequest requestWith(String keyId) {
    return request().bearer(surface.token(alice).header("kid", keyId));
  }

  private JsonObject readiness() {
    try (SseClient answer = management().get("/q/health/ready")) {
      return new JsonObject(answer.awaitEnd());
    }
  }

  private boolean givesAsReason(String part) {
    return readiness().getJsonArray("checks").stream()
        .map(check -> ((JsonObject) check).getJsonObject("data", new JsonObject()))
        .anyMatch(data -> data.getString("reason", "").contains(part));
  }

  @Test
  @Order(1)
  void isLiveAndNotReadyAndSaysWhy() {
    await().atMost(LONG).until(() -> givesAsReason("no keys from http://127.0.0.1"));

    assertFalse(management().isReady());
    assertTrue(management().isLive());
    assertEquals(0, management().meter("millrace_ready"));
    assertEquals(0, management().meter("millrace_keys_available"));
  }

  @Test
  @Order(2)
  void tellsWhoHasATokenToComeBackInsteadOfRefusingIt() {
    // Given
    double refused = management().meter(REFUSED, "keys-unavailable");
    double rejected = management().meter("millrace_rejections_total", "keys-unavailable");

    // When
    SseClient answer = send(requestWith(IssuerResource.KEY_ID));

    // Then
    assertTrue(answer.awaitEnd().endsWith(": busy\n\n"), answer.body());
    assertEquals(200, answer.status());
    assertEquals(refused + 1, management().meter(REFUSED, "keys-unavailable"));
    assertEquals(rejected + 1, management().meter("millrace_rejections_total", "keys-unavailable"));
  }

  @Test
  @Order(3)
  void tellsAPublisherToTryAgain() {
    // Given
    TestToken token = TestToken.of("shop").groups("publisher").header("kid", IssuerResource.KEY_ID);
    SseRequest post =
        request()
            .method("POST")
            .bearer(token)
            .header("Content-Type", "application/json")
            .header("Content-Length", "2")
            .then("{}");

    // When
    SseClient answer = send(post);

    // Then
    assertTrue(answer.awaitEnd().contains("can't be verified"), answer.body());
    assertEquals(503, answer.status());
    assertEquals("5", answer.header("Retry-After"));
  }

  @Test
  @Order(4)
  void stillAsksWhoHasNoTokenForOne() {
    assertEquals(401, send(request()).status());
  }

  @Test
  @Order(5)
  void becomesReadyWhenTheIssuerAnswersAndStreams() {
    // When
    IssuerResource.answer(true);
    awaitReady();
    SseClient stream = open(requestWith(IssuerResource.KEY_ID));
    publish(alice, "1");

    // Then
    assertEquals(List.of("1"), stream.awaitData(1));
    assertEquals(1, management().meter("millrace_ready"));
    assertEquals(1, management().meter("millrace_keys_available"));
  }

  @Test
  @Order(6)
  void goesOnWithTheKeysItKnowsWhenTheIssuerFallsSilent() {
    try (LogCapture log = new LogCapture()) {
      // When
      IssuerResource.answer(false);
      await().atMost(LONG).until(() -> management().meter("millrace_keys_available") == 0);

      // Then: a token nobody has seen, of the key that is known, and of one that is not
      open(requestWith(IssuerResource.KEY_ID));
      SseClient unknown = send(requestWith("k2"));
      assertTrue(unknown.awaitEnd().endsWith(": busy\n\n"), unknown.body());
      assertTrue(management().isReady());
      assertEquals(1, log.containing("The keys of the issuer can't be had").size());
    }
  }

  @Test
  @Order(7)
  void refusesAKeyThatTheIssuerDoesNotHave() {
    // Given
    IssuerResource.answer(true);
    await().atMost(LONG).until(() -> management().meter("millrace_keys_available") == 1);

    // When
    SseClient answer = send(requestWith("k3"));

    // Then
    assertEquals(401, answer.status());
    assertEquals(1, management().meter(REFUSED, "no-key"));
  }
}
