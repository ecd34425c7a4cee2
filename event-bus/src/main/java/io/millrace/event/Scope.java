package io.millrace.event;

/**
 * Whom an event is addressed to: a user, a tenant, a role inside a tenant, or everyone. Producers
 * write it as text (record key or {@code scope} header); callers get theirs from token claims.
 */
public sealed interface Scope extends Route {

  /**
   * Longest name in characters. Identity providers stay far below (Entra ids have 36, mail
   * addresses at most 254).
   */
  int MAX_NAME_LENGTH = 512;

  /** Text form of {@link Everyone}. */
  String ALL = "all";

  /** One person: the {@code sub} of their token. */
  record User(String subject) implements Scope {
    public User {
      requireName("user", subject);
    }

    @Override
    public String text() {
      return "user:" + subject;
    }
  }

  /** Everyone of one tenant. */
  record Tenant(String id) implements Scope {
    public Tenant {
      requireTenant(id);
    }

    @Override
    public String text() {
      return "tenant:" + id;
    }
  }

  /** Those of one tenant who have a role. */
  record Role(String tenant, String role) implements Scope {
    public Role {
      requireTenant(tenant);
      requireName("role", role);
    }

    @Override
    public String text() {
      return "role:" + tenant + "/" + role;
    }
  }

  /** Every authenticated caller. */
  enum Everyone implements Scope {
    INSTANCE;

    @Override
    public String text() {
      return ALL;
    }
  }

  /** The form producers and the {@code scope} parameter use, for example {@code user:alice}. */
  String text();

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when it is none of the four forms; the message says why and
   *     never repeats the text
   */
  static Scope parse(String text) {
    if (text.equals(ALL)) {
      return Everyone.INSTANCE;
    }
    int colon = text.indexOf(':');
    String name = text.substring(colon + 1);
    return switch (colon < 0 ? "" : text.substring(0, colon)) {
      case "user" -> new User(name);
      case "tenant" -> new Tenant(name);
      case "role" -> role(name);
      default ->
          throw new IllegalArgumentException(
              "scope must be user:<sub>, tenant:<id>, role:<tenant>/<role> or all");
    };
  }

  private static Role role(String name) {
    int slash = name.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("role scope must be role:<tenant>/<role>");
    }
    return new Role(name.substring(0, slash), name.substring(slash + 1));
  }

  /** A slash would make {@code role:<tenant>/<role>} ambiguous: one tenant could name another's. */
  private static void requireTenant(String id) {
    requireName("tenant", id);
    if (id.indexOf('/') >= 0) {
      throw new IllegalArgumentException("tenant must not contain a slash");
    }
  }

  /** Whether {@link #requireName} accepts it. */
  static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_NAME_LENGTH
        && text.chars().noneMatch(Character::isISOControl);
  }

  /** Not empty, at most {@link #MAX_NAME_LENGTH} characters, no control characters. */
  static void requireName(String what, String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
    if (name.length() > MAX_NAME_LENGTH) {
      throw new IllegalArgumentException(
          what + " must not be longer than " + MAX_NAME_LENGTH + " characters");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(what + " must not contain control characters");
    }
  }
}
