package io.millrace.notifications;

import static io.millrace.testing.contract.Refusals.assertBadRequest;
import static io.millrace.testing.contract.Refusals.assertForbidden;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.SseRequest;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scope=} narrows a stream to some of the caller's scopes, and never widens it. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class ScopeParameterIT extends StreamTest {

  private final String acme = "acme-" + UUID.randomUUID();

  ScopeParameterIT() {
    super(Surface.NOTIFICATIONS);
  }

  private SseRequest mine() {
    return request().bearer(TestToken.of(alice).tenant(acme).groups("admins"));
  }

  private void writeToEachScope() {
    topic().write("user:" + alice, "\"user\"");
    topic().write("tenant:" + acme, "\"tenant\"");
    topic().write("role:" + acme + "/admins", "\"role\"");
    topic().write("all", "\"all\"");
  }

  @Test
  void isAllOfThemWhenNotGiven() {
    // Given
    SseClient stream = open(mine());

    // When
    writeToEachScope();

    // Then
    assertEquals(List.of("\"user\"", "\"tenant\"", "\"role\"", "\"all\""), stream.awaitData(4));
  }

  @Test
  void narrowsToTheNamedOne() {
    // Given
    SseClient stream = open(mine().query("scope", "tenant:" + acme));

    // When
    writeToEachScope();
    topic().write("tenant:" + acme, "\"last\"");

    // Then
    assertEquals(List.of("\"tenant\"", "\"last\""), stream.awaitData(2));
  }

  @Test
  void narrowsToSeveral() {
    // Given
    SseClient stream =
        open(mine().query("scope", "role:" + acme + "/admins").query("scope", "all"));

    // When
    writeToEachScope();

    // Then
    assertEquals(List.of("\"role\"", "\"all\""), stream.awaitData(2));
  }

  @Test
  void narrowsAReplay() {
    // Given
    SseClient everything = open(mine());
    writeToEachScope();
    String first = everything.awaitFrames(4).get(0).id();

    // When
    SseClient stream = open(mine().query("scope", "all").lastEventId(first));

    // Then
    assertEquals(List.of("\"all\""), stream.awaitData(1));
  }

  @Test
  void outsideTheTokenIsForbidden() {
    for (String scope :
        List.of(
            "user:" + bob, "tenant:" + acme + "2", "role:" + acme + "/users", "role:x/admins")) {
      assertForbidden(send(mine().query("scope", scope)));
    }
  }

  @Test
  void outsideTheTokenIsForbiddenBesideOneInside() {
    assertForbidden(send(mine().query("scope", "user:" + alice).query("scope", "user:" + bob)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "alice",
        "user:",
        "user",
        "group:x",
        "tenant:",
        "tenant:a/b",
        "role:a",
        "role:/b",
        "role:a/",
        "ALL",
        "all ",
        "*",
        "user:a\nb",
        "conversation:c1"
      })
  void ofNoFormIsABadRequest(String scope) {
    assertBadRequest(send(mine().query("scope", scope)), "scope");
  }

  @Test
  void thatIsTooLongIsABadRequest() {
    assertBadRequest(send(mine().query("scope", "user:" + "x".repeat(513))), "scope");
  }

  @Test
  void ofNoFormIsABadRequestOnlyWithAToken() {
    assertEquals(401, send(request().query("scope", "nonsense")).status());
  }

  @Test
  void isTheOnlyParameterOfThisSurface() {
    // Given
    SseClient stream = open(mine().query("conversationId", "c1").query("tenant", "x"));

    // When
    topic().write("user:" + alice, "1");

    // Then
    assertEquals(List.of("1"), stream.awaitData(1));
  }
}
