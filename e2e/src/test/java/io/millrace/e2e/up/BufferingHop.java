package io.millrace.e2e.up;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy that passes a response on once it has all of it, as many do unless told otherwise. */
final class BufferingHop implements AutoCloseable {

  private static final List<String> PASSED_TO = List.of("Authorization", "Cookie", "Accept");
  private static final List<String> PASSED_BACK =
      List.of("Content-Type", "Content-Security-Policy", "Cache-Control");

  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final String origin;

  BufferingHop(String origin) {
    this.origin = origin;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  /** Its address, by the host name of its origin, so that a browser sends it the same cookies. */
  String address() {
    return "http://" + URI.create(origin).getHost() + ":" + server.getAddress().getPort();
  }

  private void pass(HttpExchange exchange) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + exchange.getRequestURI()));
    for (String name : PASSED_TO) {
      exchange
          .getRequestHeaders()
          .getOrDefault(name, List.of())
          .forEach(value -> request.header(name, value));
    }
    try (exchange) {
      HttpResponse<byte[]> whole = client.send(request.build(), BodyHandlers.ofByteArray());
      for (String name : PASSED_BACK) {
        whole
            .headers()
            .allValues(name)
            .forEach(value -> exchange.getResponseHeaders().add(name, value));
      }
      byte[] body = whole.body();
      exchange.sendResponseHeaders(whole.statusCode(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
