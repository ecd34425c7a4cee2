package io.millrace.cli.doctor.finding;

import java.util.Locale;

/** What keeps an examination from taking place; each has an exit status of its own. */
public enum Obstacle {
  UNREACHABLE(10),
  NO_PROBE(11),
  LOGIN_PAGE(12),
  UNTRUSTED_CERTIFICATE(13),
  TOKEN_REFUSED(14),
  UNAVAILABLE(15);

  private final int exitStatus;

  Obstacle(int exitStatus) {
    this.exitStatus = exitStatus;
  }

  /** As it is written in reports: {@code login-page}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public int exitStatus() {
    return exitStatus;
  }
}
