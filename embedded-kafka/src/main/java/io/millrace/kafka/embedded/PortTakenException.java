package io.millrace.kafka.embedded;

/** Another process listens on the port the broker was told to use. */
public final class PortTakenException extends EmbeddedKafkaException {

  private final int port;

  public PortTakenException(int port) {
    super("port " + port + " is taken by another process");
    this.port = port;
  }

  public int port() {
    return port;
  }
}
