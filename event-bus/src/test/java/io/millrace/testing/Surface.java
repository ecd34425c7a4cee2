package io.millrace.testing;

/** The two surfaces, and how one person is reached on each. */
public enum Surface {
  NOTIFICATIONS("/api/notifications", "notifications") {
    @Override
    public String key(String person) {
      return "user:" + person;
    }

    @Override
    public TestToken token(String person) {
      return TestToken.of(person);
    }

    @Override
    String narrowing(String person) {
      return "scope=" + key(person);
    }
  },

  AI_EVENTS("/api/ai/events", "ai-events") {
    @Override
    public String key(String person) {
      return "conversation-of-" + person;
    }

    @Override
    public TestToken token(String person) {
      return TestToken.of(person).conversations(key(person));
    }

    @Override
    String narrowing(String person) {
      return "conversationId=" + key(person);
    }
  };

  private final String path;
  private final String topic;

  Surface(String path, String topic) {
    this.path = path;
    this.topic = topic;
  }

  public String path() {
    return path;
  }

  public String topic() {
    return topic;
  }

  /** Key of a record that this person sees and no other. */
  public abstract String key(String person);

  /** A query for records with that key alone, not what is for everyone. */
  abstract String narrowing(String person);

  /** A token with which this person sees it. */
  public abstract TestToken token(String person);
}
