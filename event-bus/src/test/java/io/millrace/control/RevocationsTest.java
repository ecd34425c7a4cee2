package io.millrace.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.control.ControlRecord.Action;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.event.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RevocationsTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final Route C1 = new Route.Conversation("c1");

  private final Revocations revocations = new Revocations(LIFETIME, 20);

  private static Credential issued(String subject, Instant at) {
    return Credential.of(subject, Optional.empty(), Optional.of(at));
  }

  private void revoke(String key, Instant before) {
    revocations.apply(
        new ControlRecord(ControlKey.parse(key), Action.REVOKE, before), before.plusSeconds(1));
  }

  private void end(String conversation) {
    ControlKey key = ControlKey.parse("conversation:" + conversation);
    revocations.apply(new ControlRecord(key, Action.END, NOON), NOON);
  }

  @Test
  void hitsTokensThatWereIssuedBefore() {
    revoke("user:alice", NOON);

    assertTrue(revocations.isRevoked(issued("alice", NOON.minusMillis(1))));
    assertFalse(revocations.isRevoked(issued("alice", NOON)));
    assertFalse(revocations.isRevoked(issued("bob", NOON.minusMillis(1))));
  }

  @Test
  void isForgottenWhenNoTokenCanBeAffected() {
    revoke("user:alice", NOON);
    revoke("jti:1", NOON);
    revoke("conversation:c1", NOON);
    end("c2");

    revocations.expire(NOON.plus(LIFETIME));
    assertEquals(4, revocations.size());
    revocations.expire(NOON.plus(LIFETIME).plusMillis(1));

    assertEquals(0, revocations.size());
    assertFalse(revocations.isRevoked(issued("alice", NOON.minusSeconds(9))));
  }

  @Test
  void isNotTakenInWhenItIsOver() {
    revoke("user:alice", NOON);

    ControlRecord old =
        new ControlRecord(ControlKey.parse("user:alice"), Action.REVOKE, NOON.minusSeconds(9));
    revocations.apply(old, NOON.plus(LIFETIME));

    assertEquals(0, revocations.size());
  }

  @Test
  void becomesGeneralBeyondTheLimitSoThatNothingRevokedComesBack() {
    for (int i = 0; i < 21; i++) {
      assertFalse(revocations.shrink());
      revoke("user:u" + i, NOON.plusSeconds(i));
    }

    assertTrue(revocations.shrink());

    assertEquals(18, revocations.size());
    assertTrue(revocations.isRevoked(issued("u0", NOON.minusSeconds(1))));
    assertTrue(revocations.isRevoked(issued("stranger", NOON.plusSeconds(2))));
    assertFalse(revocations.isRevoked(issued("stranger", NOON.plusSeconds(3))));
    assertTrue(revocations.isRevoked(issued("u20", NOON.plusSeconds(19))));
  }

  @Test
  void doesNotMakeEndsOfConversationsGeneral() {
    for (int i = 0; i < 21; i++) {
      end("c" + i);
    }

    assertFalse(revocations.shrink());

    assertTrue(revocations.size() <= 20);
    assertFalse(revocations.isRevoked(issued("alice", Instant.EPOCH)));
  }

  @Test
  void endsOnlyRoutesThatAreAllOfEndedConversations() {
    end("c1");
    assertEquals(List.of("c1"), revocations.openEnds());
    assertEquals(Optional.empty(), revocations.end(Set.of(C1)));

    revocations.endAt(List.of("c1"), Positions.of(5));

    assertEquals(Optional.of(Positions.of(5)), revocations.end(Set.of(C1)));
    assertEquals(Optional.of(Positions.of(5)), revocations.end(Set.of(new Route.Run("c1", "r"))));
    assertEquals(Optional.empty(), revocations.end(Set.of(C1, Scope.Everyone.INSTANCE)));
    assertEquals(Optional.empty(), revocations.end(Set.of(C1, new Route.Conversation("c2"))));
    assertEquals(List.of(), revocations.openEnds());
  }

  @Test
  void lastWordOnAKeyHolds() {
    end("c1");
    revoke("conversation:c1", NOON);
    assertEquals(List.of(), revocations.openEnds());
    assertTrue(revocations.isRevoked(issued("alice", NOON.minusSeconds(1)), "c1"));

    end("c1");

    assertEquals(List.of("c1"), revocations.openEnds());
    assertFalse(revocations.isRevoked(issued("alice", NOON.minusSeconds(1)), "c1"));
  }
}
