package io.millrace.publish;

import io.millrace.config.MillraceConfig;
import io.millrace.identity.KeysUnavailableException;
import io.millrace.subscribe.Authentication;
import io.millrace.subscribe.Caller;
import io.millrace.subscribe.Rejection;
import io.millrace.subscribe.Rejection.Refused;
import io.millrace.subscribe.RevocationCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Who may publish: whoever has the role, by a token in the {@code Authorization} header. A cookie
 * does not do: a browser adds it to requests that other sites make. Event loop.
 */
@Singleton
final class PublisherAdmission {

  private final Authentication authentication;
  private final RevocationCheck revoked;
  private final String role;

  PublisherAdmission(
      Authentication authentication, RevocationCheck revoked, MillraceConfig config) {
    this.authentication = authentication;
    this.revoked = revoked;
    this.role = config.publish().role();
  }

  /** Fails with a {@link RefusedException} for who may not. */
  Uni<Void> check(RoutingContext context) {
    return authentication
        .bearer(context)
        .onFailure()
        .transform(PublisherAdmission::refused)
        .invoke(this::check)
        .replaceWithVoid();
  }

  private void check(Optional<Caller> caller) {
    if (caller.isEmpty()) {
      throw refused(Rejection.noToken());
    }
    revoked
        .refusal(caller.get())
        .ifPresent(
            rejection -> {
              throw refused(rejection);
            });
    if (!caller.get().roles().contains(role)) {
      throw new RefusedException(Refusal.forbidden("to publish takes the role " + role));
    }
  }

  private static RefusedException refused(Throwable failure) {
    return failure instanceof KeysUnavailableException
        ? new RefusedException(
            Refusal.unavailable("keys-unavailable", 5, "tokens can't be verified for now"))
        : refused(Rejection.badToken());
  }

  private static RefusedException refused(Rejection rejection) {
    Refused refused = (Refused) rejection;
    return new RefusedException(
        Refusal.unauthorized(refused.problem(), refused.challenge().orElse("Bearer")));
  }
}
