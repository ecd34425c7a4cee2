package io.millrace.cli.conformance.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  private static Target target(String uri) {
    return new Target(
        URI.create(uri), Surface.AI, "token", "c1", Optional.empty(), Duration.ofSeconds(1));
  }

  private static String jwt(String claims) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString("{\"alg\":\"ES256\"}".getBytes(StandardCharsets.UTF_8))
        + "."
        + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".c2lnbmF0dXJl";
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/api/ai/events, https://a.example/q/metrics",
    "https://a.example/app/api/ai/events, https://a.example/app/q/metrics",
    "http://a.example:8080/stream, http://a.example:8080/q/metrics"
  })
  void knowsWhatIsBesideIt(String uri, String beside) {
    assertEquals(URI.create(beside), target(uri).beside("/q/metrics"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://a.example/", "/api/ai/events", "http:///x", "http://a/b?c=d"})
  void isAnHttpAddressWithoutAQuery(String uri) {
    assertThrows(IllegalArgumentException.class, () -> target(uri));
  }

  @Test
  void isFoundByThePath() {
    assertEquals(Optional.of(Surface.NOTIFICATIONS), Surface.at("/app/api/notifications"));
    assertEquals(Optional.of(Surface.AI), Surface.at("/api/ai/events"));
    assertEquals(Optional.empty(), Surface.at("/events"));
  }

  @Test
  void readsATokenWithoutVerifyingIt() {
    // When
    Identity alice =
        Identity.in(
            jwt(
                "{\"sub\":\"alice\",\"exp\":1,\"groups\":[\"ops\"],\"conversations\":[\"c1\",\"c2\"]}"));

    // Then
    assertEquals(new Identity("alice", List.of("ops"), List.of("c1", "c2")), alice);
    assertEquals("user:alice", alice.key(Surface.NOTIFICATIONS, Optional.empty()));
    assertEquals("c1", alice.key(Surface.AI, Optional.empty()));
    assertEquals("c3", alice.key(Surface.AI, Optional.of("c3")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "a.b.c"})
  void refusesWhatIsNoToken(String token) {
    assertThrows(IllegalArgumentException.class, () -> Identity.in(token));
  }

  @Test
  void refusesATokenThatNamesNobody() {
    assertThrows(IllegalArgumentException.class, () -> Identity.in(jwt("{}")));
    Identity alice = Identity.in(jwt("{\"sub\":\"alice\"}"));
    assertThrows(IllegalArgumentException.class, () -> alice.key(Surface.AI, Optional.empty()));
  }
}
