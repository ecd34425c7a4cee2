package io.millrace.notifications;

import io.millrace.event.Addressing;
import io.millrace.event.Route;
import io.millrace.event.Scope;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A notification goes to the scope its key names, or, when it has {@code scope} headers, to those:
 * then the key only orders. Poll thread.
 */
@Singleton
final class NotificationAddressing implements Addressing {

  @Override
  public Set<Route> routes(Address address) {
    List<String> scopes = address.scopes().isEmpty() ? List.of(address.key()) : address.scopes();
    return scopes.stream().map(Scope::parse).collect(Collectors.toUnmodifiableSet());
  }

  /** Then the first scope orders. */
  @Override
  public Optional<String> keyOf(List<String> scopes) {
    return scopes.stream().findFirst();
  }
}
