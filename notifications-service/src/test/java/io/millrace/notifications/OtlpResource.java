package io.millrace.notifications;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector that keeps the OTLP messages it is sent, as they are. */
public final class OtlpResource implements QuarkusTestResourceLifecycleManager {

  private static final List<String> RECEIVED = new CopyOnWriteArrayList<>();

  private HttpServer server;

  /** How many messages have all of these: ids as protobuf has them, texts as UTF-8. */
  static long withAll(String traceId, String spanId, String text) {
    return RECEIVED.stream()
        .filter(m -> m.contains(bytes(traceId)) && m.contains(bytes(spanId)) && m.contains(text))
        .count();
  }

  static long with(String traceId) {
    return RECEIVED.stream().filter(message -> message.contains(bytes(traceId))).count();
  }

  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", OtlpResource::keep);
    server.start();
    return Map.of(
        "quarkus.otel.exporter.otlp.endpoint", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void keep(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    RECEIVED.add(new String(body, StandardCharsets.ISO_8859_1));
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @Override
  public void stop() {
    server.stop(0);
    RECEIVED.clear();
  }
}
