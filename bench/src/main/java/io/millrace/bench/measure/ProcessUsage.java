package io.millrace.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the kernel knows of a process and its children: processor time of all their threads, in user
 * and system mode, and resident memory.
 */
final class ProcessUsage {

  /** The unit of /proc/PID/stat. It is 100 Hz on every Linux that a JVM runs on (USER_HZ). */
  private static final long NANOS_PER_TICK = 10_000_000L;

  private static final int UTIME = 11; // Counted after the program's name, which may hold blanks.
  private static final int STIME = 12;

  private ProcessUsage() {}

  /** Processor time since they started, in user and system mode. */
  static long cpuNanos(ProcessHandle process) {
    return ticks(process, UTIME) * NANOS_PER_TICK + systemNanos(process);
  }

  /** The part of it that the kernel worked for them. */
  static long systemNanos(ProcessHandle process) {
    return ticks(process, STIME) * NANOS_PER_TICK;
  }

  private static long ticks(ProcessHandle process, int field) {
    return tree(process).stream().mapToLong(each -> ticks(each.pid(), field)).sum();
  }

  private static long ticks(long pid, int field) {
    String stat = read(pid, "stat");
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[field]);
  }

  /** Resident bytes of the process and its children, from the kernel's exact count. */
  static long residentBytes(ProcessHandle process) {
    return tree(process).stream().mapToLong(each -> residentKib(each.pid()) * 1024).sum();
  }

  private static List<ProcessHandle> tree(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants()).toList();
  }

  private static long residentKib(long pid) {
    return read(pid, "smaps_rollup")
        .lines()
        .filter(line -> line.startsWith("Rss:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
