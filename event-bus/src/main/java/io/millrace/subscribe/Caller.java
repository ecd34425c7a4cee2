package io.millrace.subscribe;

import io.millrace.control.Credential;
import io.millrace.event.Scope;
import java.time.Instant;
import java.util.HashSet;
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
 * @param credential what a revocation of the token would match
 * @param issuedAt when the token was issued, if it says so
 * @param expiresAt when the token expires
 */
public record Caller(
    String subject,
    Optional<String> tenant,
    Set<String> roles,
    Set<String> conversations,
    Credential credential,
    Optional<Instant> issuedAt,
    Instant expiresAt) {

  public Caller {
    roles = Set.copyOf(roles);
    conversations = Set.copyOf(conversations);
  }

  /** The same caller without the grants for these conversations. */
  Caller without(Set<String> revoked) {
    Set<String> rest = new HashSet<>(conversations);
    rest.removeAll(revoked);
    return new Caller(subject, tenant, roles, rest, credential, issuedAt, expiresAt);
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
