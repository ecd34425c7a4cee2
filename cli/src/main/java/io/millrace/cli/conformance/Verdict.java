package io.millrace.cli.conformance;

/** What came of a check. */
public sealed interface Verdict {

  /** The sentence holds. */
  record Passed() implements Verdict {}

  /** It does not. */
  record Failed(String message) implements Verdict {}

  /** Nobody knows. */
  record Skipped(String reason) implements Verdict {}
}
