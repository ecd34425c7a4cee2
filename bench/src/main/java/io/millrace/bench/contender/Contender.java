package io.millrace.bench.contender;

import java.io.IOException;
import java.nio.file.Path;

/** A server that can be compared with another: started afresh for every round. */
public interface Contender {

  /** As it is called in the report's table. */
  String name();

  /** Name and versions, for the report. */
  String version();

  /**
   * Starts it; when this returns it takes subscribers.
   *
   * @param workDir an empty directory of this round, for configuration and logs
   */
  RunningContender start(Path workDir) throws IOException, InterruptedException;
}
