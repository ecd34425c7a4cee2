package io.millrace.cli.doctor.finding;

import java.util.Locale;

/** How bad a finding is, from harmless to worst; each has an exit status of its own. */
public enum Severity {
  /** Good to know; nothing to repair. */
  NOTE(0),

  /** Events arrive, later or at a higher price than they should. */
  SLOW(1),

  /** Events do not arrive, arrive in batches, or the stream does not live. */
  BROKEN(3),

  /** What is for one user may reach another. */
  SECURITY(4);

  private final int exitStatus;

  Severity(int exitStatus) {
    this.exitStatus = exitStatus;
  }

  public int exitStatus() {
    return exitStatus;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
