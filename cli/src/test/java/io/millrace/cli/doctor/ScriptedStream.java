package io.millrace.cli.doctor;

import io.millrace.cli.doctor.probe.Fingerprint;
import io.millrace.cli.http.TinyOrigin.Exchange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One response of the probe, by the protocol; the client's leaving ends it. On a thread of its own.
 */
final class ScriptedStream {

  private static final int SMALL_BYTES = 200;
  private static final int SMALL_EVENTS = 10;
  private static final int[] LARGE_KIB = {3, 3, 6, 6, 64, 64};

  private final Ill ill;
  private final Exchange exchange;
  private final Map<String, String> parameters;
  private final String connection;
  private final IllTier tier;
  private final long start = System.nanoTime();
  private final CountDownLatch gone = new CountDownLatch(1);
  private int seq;

  ScriptedStream(Ill ill, Exchange exchange, Map<String, String> parameters, String connection)
      throws IOException {
    this.ill = ill;
    this.exchange = exchange;
    this.parameters = parameters;
    this.connection = connection;
    tier = new IllTier(ill, exchange);
  }

  double millis() {
    return (System.nanoTime() - start) / 1e6;
  }

  /** How it ended. */
  String play() throws InterruptedException {
    Thread watch = new Thread(this::watch, "scripted-probe");
    watch.setDaemon(true);
    watch.start();
    tier.head();
    boolean whole =
        switch (parameters.getOrDefault("phase", "")) {
          case "silence" -> pause(2_000) && event(SMALL_BYTES);
          case "small" -> evenly(SMALL_EVENTS, 250);
          case "large" -> large();
          case "idle" ->
              event(SMALL_BYTES) && pause(amount("seconds") * 1_000) && event(SMALL_BYTES);
          case "total" -> evenly(amount("seconds") + 1, 1_000);
          case "bytes" -> bytes(amount("bytes"));
          case "hold" -> hold(amount("seconds"));
          default -> throw new AssertionError("an unknown phase: " + parameters);
        };
    tier.end();
    return whole ? "complete" : "client";
  }

  private void watch() {
    try {
      if (exchange.in().read() < 0 && ill != Ill.IGNORES_DEPARTURES) {
        gone.countDown();
      }
    } catch (IOException closed) {
      if (ill != Ill.IGNORES_DEPARTURES) {
        gone.countDown();
      }
    }
  }

  private int amount(String parameter) {
    return Integer.parseInt(parameters.getOrDefault(parameter, "0"));
  }

  /** False when the client left meanwhile. */
  private boolean pause(long millis) throws InterruptedException {
    return !gone.await(millis, TimeUnit.MILLISECONDS);
  }

  private boolean until(long due) throws InterruptedException {
    return pause(Math.max(0, due - (long) millis()));
  }

  private boolean evenly(int events, int pace) throws InterruptedException {
    for (int n = 0; n < events; n++) {
      if (!until((long) n * pace)) {
        return false;
      }
      event(SMALL_BYTES);
    }
    return true;
  }

  private boolean large() throws InterruptedException {
    for (int n = 0; n < LARGE_KIB.length; n++) {
      if (!until(n * 300L)) {
        return false;
      }
      event(LARGE_KIB[n] << 10);
    }
    return until(LARGE_KIB.length * 300L);
  }

  private boolean bytes(int asked) {
    for (int sent = 0; sent < asked; sent += 64 << 10) {
      event(64 << 10);
    }
    return true;
  }

  private boolean hold(int seconds) throws InterruptedException {
    event(SMALL_BYTES);
    for (int n = 1; n <= seconds; n++) {
      if (!until(n * 1_000L)) {
        return false;
      }
      tier.write(": hb 1\n".getBytes(StandardCharsets.UTF_8));
    }
    return true;
  }

  private boolean event(int size) {
    JsonObject json =
        new JsonObject()
            .put("run", parameters.get("run"))
            .put("connection", connection)
            .put("replica", "one")
            .put("phase", parameters.get("phase"))
            .put("seq", seq)
            .put("serverMillis", millis())
            .put("bytes", size);
    if (seq++ == 0) {
      json.put("seen", seen());
    }
    int pad = Math.max(0, size - json.encode().length());
    String frame = "event: probe\ndata: " + json.put("pad", "x".repeat(pad)).encode() + "\n\n";
    tier.write(frame.getBytes(StandardCharsets.UTF_8));
    return true;
  }

  private JsonObject seen() {
    Map<String, String> headers = new TreeMap<>(exchange.headers());
    if (ill == Ill.DROPS_THE_CURSOR) {
      headers.remove("last-event-id");
    }
    if (ill == Ill.DROPS_ACCEPT) {
      headers.remove("accept");
    }
    if (ill == Ill.CHANGES_THE_TOKEN) {
      headers.put("authorization", "Bearer another");
    }
    JsonObject hmac = new JsonObject();
    for (String name : new TreeSet<>(headers.keySet())) {
      hmac.put(name, Fingerprint.of(parameters.getOrDefault("run", ""), headers.get(name)));
    }
    return new JsonObject()
        .put("protocol", protocol())
        .put("path", "/api/notifications/probe")
        .put("headers", new JsonArray(headers.keySet().stream().toList()))
        .put("hmac", hmac);
  }

  /** As it is, so that a real proxy may stand before this too. */
  private String protocol() {
    return ill == Ill.SPEAKS_HTTP10 || exchange.requestLine().endsWith("HTTP/1.0")
        ? "HTTP/1.0"
        : "HTTP/1.1";
  }
}
