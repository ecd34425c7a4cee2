package io.millrace.ai;

import io.millrace.event.Route;
import io.millrace.subscribe.Caller;
import io.millrace.subscribe.Query;
import io.millrace.subscribe.Rejection;
import io.millrace.subscribe.Resolution;
import io.millrace.subscribe.ScopeResolver;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A caller follows one conversation they hold a grant for, or one run of it; or, naming none, all
 * of theirs and whatever is addressed to their scopes. Event loop.
 */
@Singleton
final class ConversationScopes implements ScopeResolver {

  private static final String CONVERSATION = "conversationId";
  private static final String RUN = "runId";
  private static final String FROM = "from";
  private static final String PROFILE = "profile";

  @Override
  public Resolution resolve(Caller caller, Query query) {
    return malformed(query)
        .<Resolution>map(rejection -> rejection)
        .orElseGet(
            () -> query.all(CONVERSATION).isEmpty() ? everything(caller) : one(caller, query));
  }

  private static Optional<Rejection> malformed(Query query) {
    for (String once : List.of(CONVERSATION, RUN, FROM, PROFILE)) {
      if (query.isRepeated(once)) {
        return Optional.of(Rejection.badRequest(once, once + " must be given once"));
      }
    }
    if (!List.of("native").containsAll(query.all(PROFILE))) {
      return Optional.of(Rejection.badRequest(PROFILE, "profile must be native"));
    }
    if (!List.of("live").containsAll(query.all(FROM))) {
      return Optional.of(Rejection.badRequest(FROM, "from must be live"));
    }
    if (query.all(CONVERSATION).isEmpty() && !query.all(RUN).isEmpty()) {
      return Optional.of(Rejection.badRequest(CONVERSATION, "runId needs a conversationId"));
    }
    return Optional.empty();
  }

  private static Resolution everything(Caller caller) {
    Set<Route> routes = new HashSet<>(caller.scopes());
    caller.conversations().forEach(id -> routes.add(new Route.Conversation(id)));
    return new Resolution.Granted(routes);
  }

  private static Resolution one(Caller caller, Query query) {
    String conversation = query.all(CONVERSATION).get(0);
    Route route;
    try {
      route = new Route.Conversation(conversation);
    } catch (IllegalArgumentException invalid) {
      return Rejection.badRequest(CONVERSATION, String.valueOf(invalid.getMessage()));
    }
    if (!caller.conversations().contains(conversation)) {
      return Rejection.forbidden("the token holds no grant for this conversation");
    }
    try {
      for (String run : query.all(RUN)) {
        route = new Route.Run(conversation, run);
      }
    } catch (IllegalArgumentException invalid) {
      return Rejection.badRequest(RUN, String.valueOf(invalid.getMessage()));
    }
    return new Resolution.Granted(Set.of(route));
  }
}
