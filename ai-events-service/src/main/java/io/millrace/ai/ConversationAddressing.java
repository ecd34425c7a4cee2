package io.millrace.ai;

import io.millrace.event.Addressing;
import io.millrace.event.Route;
import io.millrace.event.Scope;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;

/**
 * An AI event belongs to the conversation its key names and to its run, for holders of a grant, and
 * to its {@code scope} headers, for those who have such a scope. Poll thread.
 */
@Singleton
final class ConversationAddressing implements Addressing {

  @Override
  public Set<Route> routes(Address address) {
    Set<Route> routes = new HashSet<>();
    routes.add(new Route.Conversation(address.key()));
    address.runId().ifPresent(run -> routes.add(new Route.Run(address.key(), run)));
    address.scopes().forEach(scope -> routes.add(Scope.parse(scope)));
    return Set.copyOf(routes);
  }

  @Override
  public boolean hasRuns() {
    return true;
  }
}
