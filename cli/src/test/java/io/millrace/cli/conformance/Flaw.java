package io.millrace.cli.conformance;

/**
 * A clause that is not kept.
 *
 * @param check the check that must find it
 * @param message what that check must say, or a part of it
 */
record Flaw(String check, String message, Behaviour behaviour) {

  static Flaw of(String check, String message, Behaviour behaviour) {
    return new Flaw(check, message, behaviour);
  }

  @Override
  public String toString() {
    return check + ": " + message;
  }
}
