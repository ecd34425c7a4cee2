package io.millrace.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestRecord;
import io.millrace.testing.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A notification reaches exactly whom its key, or its scope headers, name (wire.md §§1, 6). */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class AddressingIT extends StreamTest {

  /** Ends each test: whatever else was to arrive came before it. */
  private static final String LAST = "\"last\"";

  private final String acme = "acme-" + UUID.randomUUID();

  AddressingIT() {
    super(Surface.NOTIFICATIONS);
  }

  private SseClient open(TestToken token) {
    return open(request().bearer(token));
  }

  private static List<String> received(SseClient stream, String... data) {
    return stream.awaitData(data.length);
  }

  private void assertReceived(SseClient stream, String... data) {
    assertEquals(List.of(data), received(stream, data));
  }

  @Test
  void ofAUserReachesThatUserAlone() {
    // Given
    SseClient hers = openAs(alice);
    SseClient hersElsewhere = open(TestToken.of(alice).tenant(acme).groups("x"));
    SseClient his = openAs(bob);
    SseClient similar = openAs(alice + "x");
    SseClient shorter = openAs(alice.substring(0, alice.length() - 1));
    SseClient otherCase = openAs(alice.toUpperCase(java.util.Locale.ROOT));

    // When
    topic().write("user:" + alice, "1");
    topic().write("all", LAST);

    // Then
    assertReceived(hers, "1", LAST);
    assertReceived(hersElsewhere, "1", LAST);
    for (SseClient other : List.of(his, similar, shorter, otherCase)) {
      assertReceived(other, LAST);
    }
  }

  @Test
  void ofATenantReachesItsMembersAlone() {
    // Given
    SseClient member = open(TestToken.of(alice).tenant(acme));
    SseClient stranger = open(TestToken.of(bob));
    SseClient otherTenant = open(TestToken.of(bob).tenant(acme + "-2"));
    SseClient prefix = open(TestToken.of(bob).tenant(acme.substring(0, acme.length() - 1)));
    SseClient namedLikeIt = open(TestToken.of(acme));

    // When
    topic().write("tenant:" + acme, "1");
    topic().write("all", LAST);

    // Then
    assertReceived(member, "1", LAST);
    for (SseClient other : List.of(stranger, otherTenant, prefix, namedLikeIt)) {
      assertReceived(other, LAST);
    }
  }

  @Test
  void ofARoleReachesThoseWhoHaveItInThatTenantAlone() {
    // Given
    SseClient holder = open(TestToken.of(alice).tenant(acme).groups("users", "admins"));
    SseClient otherRole = open(TestToken.of(bob).tenant(acme).groups("users", "admins2"));
    SseClient otherTenant = open(TestToken.of(bob).tenant(acme + "-2").groups("admins"));
    SseClient noTenant = open(TestToken.of(bob).groups("admins", acme + "/admins"));
    SseClient crossed = open(TestToken.of(bob).tenant("x").groups(acme + "/admins"));

    // When
    topic().write("role:" + acme + "/admins", "1");
    topic().write("all", LAST);

    // Then
    assertReceived(holder, "1", LAST);
    for (SseClient other : List.of(otherRole, otherTenant, noTenant, crossed)) {
      assertReceived(other, LAST);
    }
  }

  @Test
  void ofARoleWithASlashIsThatRoleOfThatTenant() {
    // Given
    SseClient holder = open(TestToken.of(alice).tenant(acme).groups("a/b"));
    SseClient other = open(TestToken.of(bob).tenant(acme).groups("b"));

    // When
    topic().write("role:" + acme + "/a/b", "1");
    topic().write("all", LAST);

    // Then
    assertReceived(holder, "1", LAST);
    assertReceived(other, LAST);
  }

  @Test
  void ofAllReachesEveryone() {
    // Given
    SseClient one = openAs(alice);
    SseClient other = open(TestToken.of(bob).tenant(acme));

    // When
    topic().write("all", LAST);

    // Then
    assertReceived(one, LAST);
    assertReceived(other, LAST);
  }

  @Test
  void withScopeHeadersGoesToThemAndTheKeyOnlyOrders() {
    // Given
    SseClient hers = openAs(alice);
    SseClient his = openAs(bob);
    SseClient keyHolder = openAs("order-42");
    SseClient member = open(TestToken.of("carol").tenant(acme));

    // When
    topic()
        .write(
            TestRecord.of("user:order-42", "1")
                .header("scope", "user:" + alice)
                .header("scope", "tenant:" + acme));
    topic().write("all", LAST);

    // Then
    assertReceived(hers, "1", LAST);
    assertReceived(member, "1", LAST);
    assertReceived(his, LAST);
    assertReceived(keyHolder, LAST);
  }

  @Test
  void withScopeHeadersMayHaveAnyKey() {
    // Given
    SseClient hers = openAs(alice);

    // When
    topic().write(TestRecord.of("order-42", "1").header("scope", "user:" + alice));

    // Then
    assertReceived(hers, "1");
  }

  @Test
  void thatAddressesSomeoneTwiceArrivesOnce() {
    // Given
    SseClient hers = open(TestToken.of(alice).tenant(acme).groups("admins"));

    // When
    topic()
        .write(
            TestRecord.of("x", "1")
                .header("scope", "user:" + alice)
                .header("scope", "tenant:" + acme)
                .header("scope", "role:" + acme + "/admins")
                .header("scope", "user:" + alice)
                .header("scope", "all"));
    topic().write("all", LAST);

    // Then
    assertReceived(hers, "1", LAST);
  }

  @Test
  void isStillItsOwnersInAReplay() {
    // Given
    SseClient hers = openAs(alice);
    topic().write("user:" + alice, "1");
    topic().write("user:" + bob, "2");
    topic().write("tenant:" + acme, "3");
    topic().write("all", LAST);
    String first = hers.awaitFrames(2).get(0).id();

    // When
    SseClient his = open(request().bearer(TestToken.of(bob)).lastEventId(first));

    // Then
    assertReceived(his, "2", LAST);
  }

  @Test
  void ofASubjectWithSpecialCharactersReachesIt() {
    // Given
    String subject = "Jos\u00e9 M\u00fcller|a:b/c@example.com " + UUID.randomUUID();
    SseClient stream = open(TestToken.of(subject));

    // When
    topic().write("user:" + subject, "1");

    // Then
    assertReceived(stream, "1");
  }
}
