package io.millrace.kafka.embedded;

/** The broker could not do what was asked of it; the message is fit for a person to read. */
public class EmbeddedKafkaException extends RuntimeException {

  public EmbeddedKafkaException(String message) {
    super(message);
  }

  public EmbeddedKafkaException(String message, Throwable cause) {
    super(message, cause);
  }
}
