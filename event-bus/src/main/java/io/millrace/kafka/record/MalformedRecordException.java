package io.millrace.kafka.record;

/** A record that can't become an event. The message names the part, never its content. */
public final class MalformedRecordException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MalformedRecordException(String message) {
    // No stack trace: a producer's mistake, not ours, and there may be thousands a second.
    super(message, null, false, false);
  }
}
