package io.millrace.bench.contender;

import io.millrace.bench.load.StreamTarget;
import io.millrace.bench.measure.ServerProcess;
import java.io.IOException;

/**
 * A started server: what its streams connect to, what its events go through, and its process.
 *
 * @param process measured
 * @param target of every stream
 * @param publisher reaches every stream of the target
 * @param collector frees memory the server no longer uses
 */
public record RunningContender(
    ServerProcess process, StreamTarget target, EventPublisher publisher, Collector collector)
    implements AutoCloseable {

  /** Makes a server give back garbage before its memory is measured. */
  public interface Collector {

    /** For servers without one. */
    Collector NONE = () -> {};

    void collect() throws IOException, InterruptedException;
  }

  @Override
  public void close() {
    try (process) {
      publisher.close();
    }
  }
}
