package io.millrace.probe;

import io.millrace.admission.Admission;
import io.millrace.admission.Limit;
import io.millrace.subscribe.Authentication;
import io.millrace.subscribe.Caller;
import io.millrace.subscribe.Rejection;
import io.millrace.subscribe.RevocationCheck;
import io.millrace.subscribe.StreamGate;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Who may probe: whoever would get a stream now, by the same token, from the same replica. Event
 * loop of the connection.
 */
@Singleton
final class ProbeAdmission {

  private final Admission admission;
  private final Authentication authentication;
  private final RevocationCheck revoked;
  private final StreamGate gate;

  ProbeAdmission(
      Admission admission,
      Authentication authentication,
      RevocationCheck revoked,
      StreamGate gate) {
    this.admission = admission;
    this.authentication = authentication;
    this.revoked = revoked;
    this.gate = gate;
  }

  /** Fails with a {@link RejectedException} for who may not. */
  Uni<Caller> caller(RoutingContext context) {
    if (admission.isDraining()) {
      return Uni.createFrom().failure(new RejectedException(Rejection.limited(Limit.DRAINING)));
    }
    return Uni.createFrom()
        .deferred(() -> authentication.caller(context))
        .onFailure()
        .transform(failure -> new RejectedException(Rejection.of(failure)))
        .map(this::admitted);
  }

  private Caller admitted(Optional<Caller> caller) {
    if (caller.isEmpty()) {
      throw new RejectedException(Rejection.noToken());
    }
    if (!gate.isReady()) {
      throw new RejectedException(Rejection.warming());
    }
    revoked
        .refusal(caller.get())
        .ifPresent(
            rejection -> {
              throw new RejectedException(rejection);
            });
    return caller.get();
  }
}
