package io.millrace.cli.up;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Ends the replicas when this process dies without a chance to do so itself, as by SIGKILL.
 *
 * <p>A shell reads the process ids of the living replicas from a pipe, one line per change; when
 * the pipe ends it ends those of the last line. Without a POSIX shell there is no leash: what is
 * left running then holds its ports, and the next {@code up} names the port that is taken. Any
 * thread.
 */
final class Leash implements AutoCloseable {

  /** Deaf to the signals a terminal sends to everyone: it must outlive this process. */
  private static final String WATCH =
      """
      trap '' INT HUP TERM
      pids=
      while read -r line; do pids=$line; done
      [ -n "$pids" ] || exit 0
      kill $pids 2>/dev/null
      sleep 5
      kill -9 $pids 2>/dev/null
      """;

  private final Optional<OutputStream> pipe;
  private final Set<Long> living = new TreeSet<>();

  private Leash(Optional<OutputStream> pipe) {
    this.pipe = pipe;
  }

  static Leash attach() {
    try {
      Process shell =
          new ProcessBuilder("/bin/sh", "-c", WATCH)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      return new Leash(Optional.of(shell.getOutputStream()));
    } catch (IOException noShell) {
      return new Leash(Optional.empty());
    }
  }

  synchronized void hold(long pid) {
    living.add(pid);
    tell();
  }

  synchronized void release(long pid) {
    living.remove(pid);
    tell();
  }

  private void tell() {
    String line = living.stream().map(String::valueOf).collect(Collectors.joining(" ")) + "\n";
    pipe.ifPresent(stream -> write(stream, line));
  }

  private static void write(OutputStream stream, String line) {
    try {
      stream.write(line.getBytes(StandardCharsets.US_ASCII));
      stream.flush();
    } catch (IOException gone) {
      // The shell was killed: as if there had been none.
    }
  }

  @Override
  public synchronized void close() {
    living.clear();
    tell();
    pipe.ifPresent(Leash::close);
  }

  private static void close(OutputStream stream) {
    try {
      stream.close();
    } catch (IOException gone) {
      // Nothing was left to close.
    }
  }
}
