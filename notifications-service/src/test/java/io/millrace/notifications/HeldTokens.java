package io.millrace.notifications;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;

/**
 * The verification of some persons' tokens takes until a test lets it end, as with an issuer that
 * is slow to name its keys.
 */
@Singleton
final class HeldTokens implements SecurityIdentityAugmentor {

  private static final String HELD = "held-";

  private CompletableFuture<Void> released = CompletableFuture.completedFuture(null);

  /** A person whose token is held. */
  static String person(String name) {
    return HELD + name;
  }

  synchronized void hold() {
    released = new CompletableFuture<>();
  }

  synchronized void release() {
    released.complete(null);
  }

  /** Verification of those held until now fails. */
  synchronized void fail() {
    released.completeExceptionally(new IllegalStateException("broken on purpose"));
  }

  @Override
  public synchronized Uni<SecurityIdentity> augment(
      SecurityIdentity identity, AuthenticationRequestContext context) {
    return identity.getPrincipal().getName().startsWith(HELD)
        ? Uni.createFrom().completionStage(released).replaceWith(identity)
        : Uni.createFrom().item(identity);
  }
}
