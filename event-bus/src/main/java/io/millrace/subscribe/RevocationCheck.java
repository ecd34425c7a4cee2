package io.millrace.subscribe;

import io.millrace.control.Revocations;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.fanout.ResumePoint;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the control topic means for a request. Event loop of the connection. */
@Singleton
public final class RevocationCheck {

  private final Revocations revocations;
  private final InstantSource clock;

  RevocationCheck(Revocations revocations, InstantSource clock) {
    this.revocations = revocations;
    this.clock = clock;
  }

  /** Why the caller's token is not accepted, if it is not. */
  public Optional<Rejection> refusal(Caller caller) {
    if (revocations.isRevoked(caller.credential())) {
      return Optional.of(Rejection.revokedToken());
    }
    Instant issued = caller.issuedAt().orElseGet(clock::instant);
    return caller.expiresAt().isAfter(issued.plus(revocations.maxTokenLifetime()))
        ? Optional.of(Rejection.tokenLivesTooLong())
        : Optional.empty();
  }

  /** The caller, with the grants that were not revoked. */
  Caller remaining(Caller caller) {
    Set<String> revoked =
        caller.conversations().stream()
            .filter(id -> revocations.isRevoked(caller.credential(), id))
            .collect(Collectors.toSet());
    return revoked.isEmpty() ? caller : caller.without(revoked);
  }

  /** Whether all these routes are of ended conversations, and the client was given all of them. */
  boolean isOver(Set<? extends Route> routes, ResumePoint point) {
    Optional<Positions> end = revocations.end(routes);
    if (end.isEmpty()) {
      return false;
    }
    boolean gotAll =
        point instanceof ResumePoint.Live
            || (point instanceof ResumePoint.After after && after.cursor().covers(end.get()));
    if (!gotAll) {
      // It is given the rest, or its reset, first, and told then.
      revocations.unsettled();
    }
    return gotAll;
  }
}
