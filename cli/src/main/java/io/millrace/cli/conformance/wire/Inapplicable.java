package io.millrace.cli.conformance.wire;

/** What a check looks at could not be seen; the message says why. */
public final class Inapplicable extends Exception {

  public Inapplicable(String message) {
    super(message);
  }
}
