package io.millrace.bench.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Which core is the server's and which are everybody else's: client, publisher and broker.
 *
 * @param server a list as {@code taskset -c} reads it, such as {@code 0}; empty to leave placement
 *     to the kernel
 * @param others likewise
 */
public record Cores(String server, String others) {

  /** The server alone on the first core. */
  public static Cores split(int cores) {
    if (cores < 2) {
      throw new IllegalStateException(
          "this machine has one core; the server needs one of its own (or use --no-pin)");
    }
    return new Cores("0", cores == 2 ? "1" : "1-" + (cores - 1));
  }

  public static Cores unpinned() {
    return new Cores("", "");
  }

  public boolean isPinned() {
    return !server.isEmpty();
  }

  /** The command that runs {@code command} on the server's core. */
  public List<String> onServerCore(List<String> command) {
    if (!isPinned()) {
      return command;
    }
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", server));
    pinned.addAll(command);
    return pinned;
  }

  /**
   * Moves this process, with every thread it has, off the server's core. Threads made later stay
   * there too.
   */
  public void leaveServerCore() throws IOException, InterruptedException {
    if (!isPinned()) {
      return;
    }
    String pid = Long.toString(ProcessHandle.current().pid());
    Process taskset =
        new ProcessBuilder("taskset", "-a", "-c", "-p", others, pid)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!taskset.waitFor(10, TimeUnit.SECONDS) || taskset.exitValue() != 0) {
      throw new IllegalStateException("taskset could not move this process to cores " + others);
    }
  }
}
