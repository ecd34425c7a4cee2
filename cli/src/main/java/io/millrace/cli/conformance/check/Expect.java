package io.millrace.cli.conformance.check;

import io.millrace.cli.conformance.wire.Violation;

/** What checks are made of. */
final class Expect {

  private Expect() {}

  /** Goes on when this holds. */
  static void that(boolean holds, String otherwise) throws Violation {
    if (!holds) {
      throw new Violation(otherwise);
    }
  }
}
