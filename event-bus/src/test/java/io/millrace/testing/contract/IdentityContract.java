package io.millrace.testing.contract;

import static io.millrace.testing.contract.Refusals.assertForbidden;
import static io.millrace.testing.contract.Refusals.assertInvalidToken;
import static io.millrace.testing.contract.Refusals.assertTokenRequired;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.millrace.testing.LogCapture;
import io.millrace.testing.SseClient;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestRecord;
import io.millrace.testing.TestToken;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a token may come from, and what its claims have to be (wire.md §6). */
public abstract class IdentityContract extends StreamTest {

  protected IdentityContract(Surface surface) {
    super(surface);
  }

  @Test
  void refusesARequestWithoutAToken() {
    assertTokenRequired(send(request()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic YWxpY2U6c2VjcmV0", "Bearer", "Digest x"})
  void refusesAnotherScheme(String authorization) {
    assertTokenRequired(send(request().header("Authorization", authorization)));
  }

  @Test
  void acceptsTheSchemeInAnyCase() {
    open(request().header("Authorization", "bEARER " + surface.token(alice).signed()));
  }

  @Test
  void acceptsATokenInTheCookie() {
    // Given
    SseClient stream = open(request().cookie(surface.token(alice).signed()));

    // When
    publish(alice, "{\"n\":1}");

    // Then
    assertEquals("{\"n\":1}", stream.awaitFrame().data());
  }

  @Test
  void verifiesTheTokenOfOneWhoComesBackOnce() {
    // Given
    String token = surface.token(alice).signed();
    double before = management().meter("millrace_tokens_verified_total");

    // When
    open(request().bearer(token));
    open(request().cookie(token));
    open(request().bearer(surface.token(alice).signed()));

    // Then
    assertEquals(before + 2, management().meter("millrace_tokens_verified_total"));
    assertInvalidToken(send(request().bearer(token + "x")));
  }

  @Test
  void acceptsTheCookieBesideAnotherScheme() {
    open(request().header("Authorization", "Basic eDp5").cookie(surface.token(alice).signed()));
  }

  @Test
  void readsOnlyTheCookieOfItsName() {
    // Given
    String token = surface.token(alice).signed();

    // Then
    assertTokenRequired(send(request().header("Cookie", "session=" + token + "; a=b")));
  }

  @Test
  void letsTheHeaderWinOverTheCookie() {
    // Given
    SseClient stream = open(requestOf(alice).cookie(surface.token(bob).signed()));

    // When
    publish(bob, "{\"for\":\"bob\"}");
    publish(alice, "{\"for\":\"alice\"}");

    // Then
    assertEquals(List.of("{\"for\":\"alice\"}"), stream.awaitData(1));
  }

  @Test
  void letsABadHeaderWinOverAGoodCookie() {
    assertInvalidToken(send(request().bearer("bad").cookie(surface.token(alice).signed())));
  }

  @Test
  void ignoresABadCookieBesideAGoodHeader() {
    open(requestOf(alice).cookie("bad"));
  }

  @Test
  void refusesABadCookie() {
    assertInvalidToken(send(request().cookie("bad")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"access_token", "token", "jwt", "bearer", "authorization", "millrace-token"})
  void neverReadsATokenFromTheQuery(String parameter) {
    assertTokenRequired(send(request().query(parameter, surface.token(alice).signed())));
  }

  @Test
  void neverLogsAToken() {
    Logger logger = Logger.getLogger("io.millrace");
    Level before = logger.getLevel();
    try (LogCapture log = new LogCapture()) {
      // Given
      logger.setLevel(Level.ALL);
      String good = surface.token(alice).signed();
      String bad = good.substring(0, good.length() - 10) + "AAAAAAAAAA";

      // When
      open(request().bearer(good)).close();
      open(request().cookie(good)).close();
      send(request().bearer(bad)).awaitEnd();
      send(request().cookie(bad)).awaitEnd();
      send(request().query("access_token", good)).awaitEnd();
      send(request().bearer(good).rawQuery("token=" + good + "&lastEventId=%zz")).awaitEnd();
      logger.severe("the capture works");

      // Then
      assertEquals(1, log.containing("the capture works").size());
      for (String part : good.split("\\.")) {
        assertEquals(List.of(), log.containing(part));
      }
      assertEquals(List.of(), log.containing(alice));
    } finally {
      logger.setLevel(before);
    }
  }

  static Stream<Named<TestToken>> unusableClaims() {
    String[] many = IntStream.range(0, 300).mapToObj(i -> "group-" + i).toArray(String[]::new);
    return Stream.of(
        Named.of("tenant with a slash", TestToken.of("x").tenant("acme/admins")),
        Named.of("empty tenant", TestToken.of("x").tenant("")),
        Named.of("tenant with a line end", TestToken.of("x").tenant("acme\nid: 1")),
        Named.of("tenant is a number", TestToken.of("x").claim("tenant", 7)),
        Named.of("tenant is an array", TestToken.of("x").claim("tenant", new JsonArray().add("a"))),
        Named.of("tenant is an object", TestToken.of("x").claim("tenant", new JsonObject())),
        Named.of("subject too long", TestToken.of("x".repeat(513))),
        Named.of("subject with a NUL", TestToken.of("x\0y")),
        Named.of("empty group", TestToken.of("x").tenant("acme").groups("")),
        Named.of("more groups than routes", TestToken.of("x").tenant("acme").groups(many)),
        Named.of("conversations is a text", TestToken.of("x").claim("conversations", "c1")),
        Named.of(
            "conversation is a number",
            TestToken.of("x").claim("conversations", new JsonArray().add(1))));
  }

  @ParameterizedTest
  @MethodSource("unusableClaims")
  void forbidsAClaimThatCannotBeUsed(TestToken token) {
    // When
    SseClient answer = send(request().bearer(token));

    // Then
    assertForbidden(answer);
    assertFalse(answer.body().contains("acme"), answer.body());
  }

  @Test
  void takesGroupsWrittenAsOneTextForRolesBetweenSpaces() {
    // Given
    TestToken token = surface.token(alice).tenant("acme").claim("groups", "admins users");
    SseClient stream = open(request().bearer(token));

    // When
    topic().write(TestRecord.of(surface.key(bob), "1").header("scope", "role:acme/admins"));
    topic().write(TestRecord.of(surface.key(bob), "2").header("scope", "role:acme/users"));

    // Then
    assertEquals(List.of("1", "2"), stream.awaitData(2));
  }
}
