package io.millrace.ai;

import io.millrace.ai.profile.Profiles;
import io.millrace.event.Route;
import io.millrace.sse.NativeProfile;
import io.millrace.sse.Profile;
import io.millrace.subscribe.Caller;
import io.millrace.subscribe.Query;
import io.millrace.subscribe.Rejection;
import io.millrace.subscribe.Resolution;
import io.millrace.subscribe.Resolution.From;
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
  private static final String COALESCE = "coalesce";

  /** Longer a text would not seem to be written as one reads it. */
  private static final int MAX_COALESCE_MILLIS = 1000;

  @Override
  public Resolution resolve(Caller caller, Query query) {
    return malformed(query)
        .<Resolution>map(rejection -> rejection)
        .orElseGet(
            () ->
                query.all(CONVERSATION).isEmpty() ? everything(caller, query) : one(caller, query));
  }

  private static Optional<Rejection> malformed(Query query) {
    for (String once : List.of(CONVERSATION, RUN, FROM, PROFILE, COALESCE)) {
      if (query.isRepeated(once)) {
        return Optional.of(Rejection.badRequest(once, once + " must be given once"));
      }
    }
    if (!Profiles.names().containsAll(query.all(PROFILE))) {
      String names = String.join(", ", Profiles.names());
      return Optional.of(Rejection.badRequest(PROFILE, "profile must be one of " + names));
    }
    if (!List.of("run", "live").containsAll(query.all(FROM))) {
      return Optional.of(Rejection.badRequest(FROM, "from must be run or live"));
    }
    if (query.all(CONVERSATION).isEmpty() && query.all(FROM).contains("run")) {
      return Optional.of(Rejection.badRequest(CONVERSATION, "from=run needs a conversationId"));
    }
    if (!query.all(COALESCE).stream().allMatch(ConversationScopes::isCoalesce)) {
      return Optional.of(
          Rejection.badRequest(
              COALESCE, "coalesce must be milliseconds from 0 to " + MAX_COALESCE_MILLIS));
    }
    if (query.all(CONVERSATION).isEmpty() && !query.all(RUN).isEmpty()) {
      return Optional.of(Rejection.badRequest(CONVERSATION, "runId needs a conversationId"));
    }
    return profileOf(query).isOfOneRun() ? unfit(query) : Optional.empty();
  }

  /** For a stream that is one run, from its beginning. */
  private static Optional<Rejection> unfit(Query query) {
    String name = profileOf(query).name();
    if (query.all(CONVERSATION).isEmpty()) {
      return Optional.of(Rejection.badRequest(CONVERSATION, name + " needs a conversationId"));
    }
    return query.all(FROM).contains("live")
        ? Optional.of(Rejection.badRequest(FROM, name + " begins with its run"))
        : Optional.empty();
  }

  @Override
  public Profile profile(Query query) {
    return profileOf(query);
  }

  /** Of a query that names none, or none there is, the native one. */
  private static Profile profileOf(Query query) {
    return query.all(PROFILE).stream()
        .findFirst()
        .flatMap(Profiles::named)
        .orElse(NativeProfile.INSTANCE);
  }

  private static boolean isCoalesce(String value) {
    return value.matches("[0-9]{1,4}") && Integer.parseInt(value) <= MAX_COALESCE_MILLIS;
  }

  private static int coalesceMillis(Query query) {
    return query.all(COALESCE).stream().mapToInt(Integer::parseInt).findFirst().orElse(0);
  }

  private static From from(Query query) {
    return switch (query.all(FROM).stream().findFirst().orElse("")) {
      case "live" -> From.LIVE;
      case "run" -> From.RUN;
      default -> From.RUN_IF_KNOWN;
    };
  }

  private static Resolution everything(Caller caller, Query query) {
    Set<Route> routes = new HashSet<>(caller.scopes());
    caller.conversations().forEach(id -> routes.add(new Route.Conversation(id)));
    return new Resolution.Granted(routes, From.LIVE, coalesceMillis(query), profileOf(query));
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
    return new Resolution.Granted(
        Set.of(route), from(query), coalesceMillis(query), profileOf(query));
  }
}
