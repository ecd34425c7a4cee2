package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopIT {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AtomicInteger scrapes = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/q/metrics",
        exchange -> {
          byte[] body = metrics(scrapes.getAndIncrement()).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Of a replica that is busy since an hour. */
  private static String metrics(int scrape) {
    return """
    millrace_build_info{service="notifications",version="1.2"} 1
    millrace_ready 1
    millrace_draining 0
    process_start_time_seconds %d
    millrace_subscribers 1234
    millrace_limits_max_streams 20000
    millrace_deliveries_total %d
    millrace_delivery_latency_seconds_bucket{le="0.001"} 0
    millrace_delivery_latency_seconds_bucket{le="0.002"} %d
    millrace_delivery_latency_seconds_bucket{le="+Inf"} %d
    millrace_kafka_connected 1
    millrace_kafka_lag 7
    millrace_tail_bytes 1048576
    millrace_tail_max_bytes 67108864
    millrace_tail_age_seconds 125.4
    millrace_subscribers_behind{state="stalled"} 3
    millrace_resets_total{reason="expired"} %d
    """
        .formatted(
            Instant.now().getEpochSecond() - 3660,
            scrape * 1000,
            scrape * 10,
            scrape * 10,
            scrape * 5);
  }

  private int run(String... arguments) {
    return Millrace.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Test
  void printsOnePageAndEnds() {
    // When
    int status = run("top", address(), "--once", "--interval=1s");

    // Then
    assertEquals(0, status, err.toString());
    List<String> lines = out.toString().lines().toList();
    assertEquals(12, lines.size(), out.toString());
    assertTrue(lines.get(0).contains("notifications 1.2  ready, up for 1 h 1 min"), lines.get(0));
    assertTrue(lines.get(1).contains("1234 of 20000"), lines.get(1));
    assertTrue(lines.get(2).matches("events    in 0/s  out [1-9]\\d*/s  0 B/s"), lines.get(2));
    assertEquals("latency   p50 1.5 ms  p99 2.0 ms", lines.get(3));
    assertEquals("kafka     connected  lag 7", lines.get(4));
    assertEquals("tail      1.0 MiB of 64.0 MiB  2 min 5 s back", lines.get(5));
    assertEquals("behind    stalled 3", lines.get(7));
    assertTrue(lines.get(10).startsWith("resets    expired "), lines.get(10));
    assertEquals("faults    -", lines.get(11));
  }

  @Test
  void saysInOneLineThatNobodyAnswers() {
    // Given
    String address = address();
    server.stop(0);

    // When
    int status = run("top", address, "--once");

    // Then
    assertEquals(1, status);
    assertTrue(err.toString().startsWith("millrace: " + address), err.toString());
    assertEquals(1, err.toString().lines().count());
  }
}
