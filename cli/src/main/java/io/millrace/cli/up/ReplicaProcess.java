package io.millrace.cli.up;

import io.millrace.cli.runtime.Failure;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of a replica as a process of the operating system. Any thread. */
final class ReplicaProcess {

  private final Process process;

  private ReplicaProcess(Process process) {
    this.process = process;
  }

  static ReplicaProcess start(List<String> command, Path log) {
    try {
      return new ReplicaProcess(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()))
              .start());
    } catch (IOException e) {
      throw new Failure("cannot start " + command.get(0) + ": " + e.getMessage(), e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Whether it has ended, within this time. */
  boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The exit status; 128 + n when signal n ended it. */
  int status() {
    return process.exitValue();
  }

  /** Asks it to end (SIGTERM). */
  void terminate() {
    process.destroy();
  }

  /** Ends it (SIGKILL). */
  void kill() {
    process.destroyForcibly();
  }
}
