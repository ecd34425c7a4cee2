package io.millrace.ingress;

import java.util.Optional;

/**
 * What a tier can do for a stream: a row of the table in {@code ingress/README.md}, and what {@code
 * millrace doctor} knows of it.
 *
 * @param idle longest silence between two bytes of a response
 * @param totalSeconds longest a response may take whatever flows, with the shipped rule; empty for
 *     no limit
 * @param totalDefaultSeconds the same without a rule
 */
public record Capability(
    IdleTimeout idle, Optional<Integer> totalSeconds, Optional<Integer> totalDefaultSeconds) {

  /** No limit of the total time, ever. */
  public static Capability idleOnly(IdleTimeout idle) {
    return new Capability(idle, Optional.empty(), Optional.empty());
  }
}
