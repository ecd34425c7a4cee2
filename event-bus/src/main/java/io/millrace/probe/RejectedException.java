package io.millrace.probe;

import io.millrace.subscribe.Rejection;

/** Carries a rejection out of the reading of a request. */
final class RejectedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Rejection rejection;

  RejectedException(Rejection rejection) {
    // No stack trace: a client's mistake, not ours.
    super(rejection.reason(), null, false, false);
    this.rejection = rejection;
  }

  Rejection rejection() {
    return rejection;
  }
}
