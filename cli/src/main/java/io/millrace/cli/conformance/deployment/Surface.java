package io.millrace.cli.conformance.deployment;

import java.util.Arrays;
import java.util.Optional;

/** The two surfaces, as far as they differ in the contract. */
public enum Surface {
  /** An event is addressed to a scope, here that of the caller. */
  NOTIFICATIONS("/api/notifications", "notifications", "scope", "scope", "scope"),

  /** An event belongs to a conversation, here one the token grants. */
  AI("/api/ai/events", "ai-events", "conversationId", "key", "profile");

  private final String path;
  private final String topic;
  private final String narrowing;
  private final String addressing;
  private final String checkedParameter;

  Surface(String path, String topic, String narrowing, String addressing, String checkedParameter) {
    this.path = path;
    this.topic = topic;
    this.narrowing = narrowing;
    this.addressing = addressing;
    this.checkedParameter = checkedParameter;
  }

  /** The surface of this name: {@code notifications}, or {@code ai} ({@code ai-events} too). */
  public static Optional<Surface> named(String name) {
    return switch (name) {
      case "notifications" -> Optional.of(NOTIFICATIONS);
      case "ai", "ai-events" -> Optional.of(AI);
      default -> Optional.empty();
    };
  }

  /** The surface that is bound to this path, with whatever before it. */
  public static Optional<Surface> at(String path) {
    return Arrays.stream(values()).filter(surface -> path.endsWith(surface.path)).findFirst();
  }

  /** The path it is bound to. */
  public String path() {
    return path;
  }

  /** The topic it streams, unless configured otherwise. */
  public String topic() {
    return topic;
  }

  /** The query parameter that narrows a stream to one key. */
  public String narrowing() {
    return narrowing;
  }

  /** The query parameter that addresses an event which is posted. */
  public String addressing() {
    return addressing;
  }

  /** A query parameter whose values are checked. */
  public String checkedParameter() {
    return checkedParameter;
  }
}
