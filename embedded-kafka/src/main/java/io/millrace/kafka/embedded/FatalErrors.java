package io.millrace.kafka.embedded;

import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Kafka from ending the JVM it is a guest in.
 *
 * <p>A broker that loses its disk, or whose start fails, calls {@code Exit.exit} or {@code
 * Exit.halt}. Here that throws in the broker's own thread instead; the broker is then down, as
 * after a crash.
 */
final class FatalErrors {

  private FatalErrors() {}

  static void divert() {
    Exit.setExitProcedure(FatalErrors::raise);
    Exit.setHaltProcedure(FatalErrors::raise);
  }

  private static void raise(int status, @Nullable String message) {
    throw new EmbeddedKafkaException(
        "the broker gave up"
            + (message == null ? "" : ": " + message)
            + " (status "
            + status
            + ")");
  }
}
