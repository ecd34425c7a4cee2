package io.millrace.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files, and so sockets, a process of this user may open. The servers inherit it. */
public final class OpenFiles {

  /** Jars, logs and the broker's segments, generously. */
  private static final int BESIDES_STREAMS = 1_000;

  private OpenFiles() {}

  /** Fails with what to do when the limit is too low for so many streams. */
  public static void require(int streams) throws IOException {
    long limit = limit();
    long needed = (long) streams + BESIDES_STREAMS;
    if (limit < needed) {
      throw new IllegalStateException(
          ("%d streams need %d open files and this process may have %d: raise the limit with"
                  + " \"ulimit -n %d\" (as root beyond the hard limit), or use fewer --streams")
              .formatted(streams, needed, limit, needed));
    }
  }

  /** The soft limit, which a JVM has raised to the hard limit when it started. */
  public static long limit() throws IOException {
    return Files.readString(Path.of("/proc/self/limits"))
        .lines()
        .filter(line -> line.startsWith("Max open files"))
        .map(line -> line.substring("Max open files".length()).trim().split("\\s+")[0])
        .mapToLong(soft -> soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft))
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }
}
