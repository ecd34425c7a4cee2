package io.millrace.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the kernel counts of this machine's TCP. Any thread. */
public final class TcpCounters {

  private static final Path COUNTERS = Path.of("/proc/net/netstat");
  private static final Path SOCKETS = Path.of("/proc/net/sockstat");

  /** Of every Linux on the processors that a JVM runs on, but for those set up otherwise. */
  private static final long PAGE_BYTES = 4_096;

  private TcpCounters() {}

  /**
   * TCP segments with data that this machine has sent. The kernel does not count a process's sends
   * on sockets; under load nearly all segments are the server's.
   */
  static long segmentsSent() {
    return extended("TCPOrigDataSent");
  }

  /** Connections that found an accept queue full; each tries again a second later. */
  public static long acceptQueueOverflows() {
    return extended("ListenOverflows");
  }

  private static long extended(String name) {
    List<String[]> tcp =
        lines(COUNTERS).stream()
            .filter(line -> line.startsWith("TcpExt:"))
            .map(line -> line.split(" "))
            .toList();
    return Long.parseLong(tcp.get(1)[List.of(tcp.get(0)).indexOf(name)]);
  }

  /** Kernel memory of all TCP sockets of this machine, both ends of a loopback connection. */
  public static long socketBytes() {
    List<String> words =
        lines(SOCKETS).stream()
            .filter(line -> line.startsWith("TCP:"))
            .flatMap(line -> Arrays.stream(line.split(" ")))
            .toList();
    return Long.parseLong(words.get(words.indexOf("mem") + 1)) * PAGE_BYTES;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
