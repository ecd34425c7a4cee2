package io.millrace.run;

import io.millrace.event.Event;
import io.millrace.event.Route;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Files events that are read again under the runs they were filed under when they were new. Of
 * conversations whose runs somebody wants; one replay thread.
 */
public final class PastRuns {

  private final RunIndex index;
  private final Map<String, ConversationRuns> conversations = new HashMap<>();
  private final Set<String> wanted = new HashSet<>();

  public PastRuns(RunIndex index) {
    this.index = index;
  }

  /** Somebody wants these from here on. */
  public void want(Set<Route> routes) {
    for (Route route : routes) {
      if (route instanceof Route.Run run) {
        wanted.add(run.conversation());
      }
    }
  }

  /** Whether these can be told apart: false for a run that was forgotten. */
  public boolean knows(Set<Route> routes) {
    return routes.stream()
        .allMatch(route -> !(route instanceof Route.Run run) || index.find(run).isPresent());
  }

  /** The next event of its conversation: the same, filed under the runs it is of. */
  public Event place(Event event) {
    if (wanted.isEmpty()) {
      return event;
    }
    Optional<Route.Conversation> conversation = event.conversation();
    if (conversation.isEmpty() || !wanted.contains(conversation.get().id())) {
      return event;
    }
    return conversations
        .computeIfAbsent(
            conversation.get().id(), id -> index.at(id, event.partition(), event.offset()))
        .place(event);
  }
}
