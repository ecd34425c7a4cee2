package io.millrace.cli.gateway;

import io.millrace.cli.token.DevelopmentToken;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Someone the demo page can be used as. */
enum DemoUser {
  ALICE("alice", "acme", List.of("admins")),
  BOB("bob", "acme", List.of()),
  CAROL("carol", "globex", List.of());

  /** The one conversation the demo page plays. */
  static final String CONVERSATION = "c1";

  /** Longer than a demonstration; the page asks for a new session when it is over. */
  static final Duration SESSION = Duration.ofHours(8);

  private final String subject;
  private final String tenant;
  private final List<String> groups;

  DemoUser(String subject, String tenant, List<String> groups) {
    this.subject = subject;
    this.tenant = tenant;
    this.groups = groups;
  }

  static Optional<DemoUser> named(String subject) {
    return Arrays.stream(values()).filter(user -> user.subject.equals(subject)).findFirst();
  }

  DevelopmentToken token() {
    return new DevelopmentToken(
        subject, Optional.of(tenant), groups, List.of(CONVERSATION), SESSION);
  }
}
