package io.millrace.cli.conformance.deployment;

import io.millrace.cli.conformance.wire.Violation;
import java.io.IOException;
import java.util.Optional;

/** A way for events to come to the deployment. */
public interface Publisher extends AutoCloseable {

  /**
   * Publishes one event and waits until it is acknowledged.
   *
   * @param key whom it is for
   * @param type the event name; without one it is a bare event
   */
  void publish(String key, String json, Optional<String> type)
      throws Violation, IOException, InterruptedException;

  @Override
  void close();
}
