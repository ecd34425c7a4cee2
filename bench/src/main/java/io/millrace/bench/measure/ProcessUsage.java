package io.millrace.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the kernel has counted for a process and its children up to a moment: all threads, user and
 * system time.
 *
 * @param cpuNanos processor time
 * @param writeCalls write system calls; -1 when the kernel does not tell this user
 */
public record ProcessUsage(long cpuNanos, long writeCalls) {

  /** The unit of /proc/PID/stat. It is 100 Hz on every Linux that a JVM runs on (USER_HZ). */
  private static final long NANOS_PER_TICK = 10_000_000L;

  private static final int UTIME = 11; // Counted after the program's name, which may hold blanks.
  private static final int STIME = 12;

  public static ProcessUsage of(ProcessHandle process) {
    long cpu = 0;
    long writes = 0;
    for (ProcessHandle each : tree(process)) {
      cpu += cpuNanos(each.pid());
      long calls = field(each.pid(), "io", "syscw:").orElse(-1);
      writes = calls < 0 || writes < 0 ? -1 : writes + calls;
    }
    return new ProcessUsage(cpu, writes);
  }

  /** Resident bytes of the process and its children, from the kernel's exact count. */
  public static long residentBytes(ProcessHandle process) {
    return tree(process).stream()
        .mapToLong(each -> field(each.pid(), "smaps_rollup", "Rss:").orElse(0) * 1024)
        .sum();
  }

  private static List<ProcessHandle> tree(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants()).toList();
  }

  private static long cpuNanos(long pid) {
    String stat = read(pid, "stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * NANOS_PER_TICK;
  }

  private static OptionalLong field(long pid, String file, String name) {
    try {
      return read(pid, file)
          .lines()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst();
    } catch (UncheckedIOException notAllowed) {
      return OptionalLong.empty();
    }
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
