package io.millrace.bench.contender;

/** Which of the two services is under test. */
public enum Service {
  NOTIFICATIONS("notifications-service", "/api/notifications"),
  AI_EVENTS("ai-events-service", "/api/ai/events");

  private final String module;
  private final String path;

  Service(String module, String path) {
    this.module = module;
    this.path = path;
  }

  /** The name of its module, and of its log. */
  public String module() {
    return module;
  }

  /** Where its streams are. */
  public String path() {
    return path;
  }
}
