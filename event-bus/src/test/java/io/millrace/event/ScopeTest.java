package io.millrace.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"user:alice", "user:auth0|a:b/c d", "tenant:acme", "role:acme/admins", "all"})
  void readsTheFourForms(String text) {
    assertEquals(text, Scope.parse(text).text());
  }

  @Test
  void takesEverythingBehindTheFirstSlashAsTheRole() {
    assertEquals(new Scope.Role("acme", "a/b"), Scope.parse("role:acme/a/b"));
  }

  @Test
  void neverLetsATenantSpeakForAnother() {
    assertThrows(IllegalArgumentException.class, () -> new Scope.Role("acme/x", "b"));
    assertThrows(IllegalArgumentException.class, () -> new Scope.Tenant("acme/x"));
  }

  @Test
  void keepsConversationsAndTheirRunsApart() {
    assertNotEquals(new Route.Run("a/b", "c"), new Route.Run("a", "b/c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "alice",
        "ALL",
        "all ",
        "User:alice",
        "user",
        "user:",
        "tenant:",
        "tenant:a/b",
        "role:acme",
        "role:acme/",
        "role:/admins",
        "group:x",
        "user:a\nb",
        "user:a\u0000",
      })
  void refusesEverythingElseWithoutRepeatingIt(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Scope.parse(text));

    assertFalse(text.length() > 4 && refused.getMessage().contains(text), refused.getMessage());
  }

  @Test
  void bindsANameToItsLongestLength() {
    String longest = "x".repeat(Scope.MAX_NAME_LENGTH);

    assertEquals(new Scope.User(longest), Scope.parse("user:" + longest));
    assertThrows(IllegalArgumentException.class, () -> Scope.parse("user:" + longest + "x"));
  }
}
