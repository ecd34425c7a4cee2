package io.millrace.admission;

import java.util.Locale;

/** Why a request has to come back later. */
public enum Limit {
  /** The replica goes away. */
  DRAINING,
  /** {@code millrace.limits.max-streams}, or what the process's files allow. */
  MAX_STREAMS,
  /** {@code millrace.limits.max-streams-per-caller}. */
  MAX_STREAMS_PER_CALLER,
  /** {@code millrace.limits.max-streams-per-address}. */
  MAX_STREAMS_PER_ADDRESS,
  /** {@code millrace.limits.max-authenticating}. */
  MAX_AUTHENTICATING;

  /** The form in metrics. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
