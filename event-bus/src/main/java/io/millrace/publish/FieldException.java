package io.millrace.publish;

/** One event can't be published as it is: which field, and why. */
final class FieldException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String detail;

  FieldException(String field, String detail) {
    // No stack trace: a client's mistake, not ours.
    super(detail, null, false, false);
    this.field = field;
    this.detail = detail;
  }

  String field() {
    return field;
  }

  String detail() {
    return detail;
  }
}
