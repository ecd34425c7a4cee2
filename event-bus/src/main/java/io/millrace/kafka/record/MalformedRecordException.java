package io.millrace.kafka.record;

/** A record that can't become an event. The message names the part, never its content. */
public final class MalformedRecordException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String part;

  /** The fault is in the value. */
  MalformedRecordException(String message) {
    this("value", message);
  }

  /**
   * @param part the part of the record at fault: {@code key}, {@code value} or a header
   */
  MalformedRecordException(String part, String message) {
    // No stack trace: a producer's mistake, not ours, and there may be thousands a second.
    super(message, null, false, false);
    this.part = part;
  }

  String part() {
    return part;
  }
}
