package io.millrace.control;

import io.millrace.event.Scope;

/**
 * What a control record is about: its key.
 *
 * @param kind what the name names
 * @param name a subject, a token id or a conversation id
 */
public record ControlKey(Kind kind, String name) {

  /** The three forms of a key. */
  public enum Kind {
    /** {@code user:<sub>}: every token of a subject. */
    USER,
    /** {@code jti:<id>}: one token. */
    TOKEN,
    /** {@code conversation:<id>}: the grants for it, or it. */
    CONVERSATION
  }

  public ControlKey {
    if (!Scope.isName(name)) {
      throw new IllegalArgumentException(
          "key must name something, in at most " + Scope.MAX_NAME_LENGTH + " characters");
    }
  }

  /**
   * @throws IllegalArgumentException when it is none of the three forms
   */
  public static ControlKey parse(String text) {
    int colon = text.indexOf(':');
    String name = text.substring(colon + 1);
    return switch (colon < 0 ? "" : text.substring(0, colon)) {
      case "user" -> new ControlKey(Kind.USER, name);
      case "jti" -> new ControlKey(Kind.TOKEN, name);
      case "conversation" -> new ControlKey(Kind.CONVERSATION, name);
      default ->
          throw new IllegalArgumentException(
              "key must be user:<sub>, jti:<id> or conversation:<id>");
    };
  }
}
