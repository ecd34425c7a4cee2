package io.millrace.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * TCP segments with data that this machine has sent. The kernel does not count a process's sends on
 * sockets; under load nearly all segments are the server's.
 */
final class TcpSegments {

  private static final Path COUNTERS = Path.of("/proc/net/netstat");

  private TcpSegments() {}

  static long sent() {
    try {
      List<String[]> tcp =
          Files.readAllLines(COUNTERS).stream()
              .filter(line -> line.startsWith("TcpExt:"))
              .map(line -> line.split(" "))
              .toList();
      int column = List.of(tcp.get(0)).indexOf("TCPOrigDataSent");
      return Long.parseLong(tcp.get(1)[column]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
