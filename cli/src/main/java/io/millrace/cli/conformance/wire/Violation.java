package io.millrace.cli.conformance.wire;

/** The deployment did not do what a check expects; the message says what it did instead. */
public final class Violation extends Exception {

  public Violation(String message) {
    super(message);
  }
}
