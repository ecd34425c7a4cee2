package io.millrace.notifications;

import io.millrace.event.Route;
import io.millrace.event.Scope;
import io.millrace.subscribe.Caller;
import io.millrace.subscribe.Query;
import io.millrace.subscribe.Rejection;
import io.millrace.subscribe.Resolution;
import io.millrace.subscribe.ScopeResolver;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.Set;

/** A caller hears all their scopes, or those of them that {@code scope=} names. Event loop. */
@Singleton
final class NotificationScopes implements ScopeResolver {

  private static final String SCOPE = "scope";

  @Override
  public Resolution resolve(Caller caller, Query query) {
    Set<Scope> own = caller.scopes();
    if (query.all(SCOPE).isEmpty()) {
      return new Resolution.Granted(own);
    }
    Set<Route> named = new LinkedHashSet<>();
    for (String text : query.all(SCOPE)) {
      Scope scope;
      try {
        scope = Scope.parse(text);
      } catch (IllegalArgumentException invalid) {
        return Rejection.badRequest(SCOPE, String.valueOf(invalid.getMessage()));
      }
      if (!own.contains(scope)) {
        return Rejection.forbidden("the token does not have every named scope");
      }
      named.add(scope);
    }
    return new Resolution.Granted(named);
  }
}
