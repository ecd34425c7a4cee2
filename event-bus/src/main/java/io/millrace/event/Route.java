package io.millrace.event;

/**
 * What an event is filed under and a subscriber asks for: delivery is the match of the two.
 *
 * <p>A route is structured, never a joined string: {@code role:a/b} of tenant {@code c} and {@code
 * role:b} of tenant {@code a} must not meet in one text.
 */
public sealed interface Route permits Scope, Route.Conversation, Route.Run {

  /** One AI conversation: the key of its records. */
  record Conversation(String id) implements Route {
    public Conversation {
      Scope.requireName("conversation", id);
    }
  }

  /** One run of an agent inside a conversation. */
  record Run(String conversation, String id) implements Route {
    public Run {
      Scope.requireName("conversation", conversation);
      Scope.requireName("runId", id);
    }
  }
}
