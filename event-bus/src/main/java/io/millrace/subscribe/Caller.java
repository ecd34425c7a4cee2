package io.millrace.subscribe;

import io.millrace.event.Scope;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks, copied from the token: what authentication knows beyond this (token, request) is not
 * kept for the hours a stream lasts.
 *
 * @param subject the {@code sub} claim
 * @param tenant the tenant claim
 * @param roles roles inside the tenant; without a tenant they address nothing
 * @param conversations conversation ids the caller may follow
 * @param expiresAt when the token expires
 */
public record Caller(
    String subject,
    Optional<String> tenant,
    Set<String> roles,
    Set<String> conversations,
    Instant expiresAt) {

  public Caller {
    roles = Set.copyOf(roles);
    conversations = Set.copyOf(conversations);
  }

  /**
   * Every scope that addresses this caller.
   *
   * @throws IllegalArgumentException when a claim can't be one; the message names its kind
   */
  public Set<Scope> scopes() {
    Set<Scope> scopes = new LinkedHashSet<>();
    scopes.add(new Scope.User(subject));
    tenant.ifPresent(
        id -> {
          scopes.add(new Scope.Tenant(id));
          roles.forEach(role -> scopes.add(new Scope.Role(id, role)));
        });
    scopes.add(Scope.Everyone.INSTANCE);
    return scopes;
  }
}
