package io.millrace.cli.up;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * Stands in for a service: is configured alike, is ready at once, and streams its process id.
 *
 * <p>The environment variable {@code FAKE_SERVICE} makes it {@code broken} (ends at once) or {@code
 * stubborn} (does not end when asked to).
 */
public final class FakeService {

  private FakeService() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    String kind = String.valueOf(System.getenv("FAKE_SERVICE"));
    if (kind.equals("broken")) {
      System.out.println("ERROR the fake is broken");
      System.exit(3);
    }
    if (kind.equals("stubborn")) {
      Runtime.getRuntime().addShutdownHook(new Thread(FakeService::block));
    }
    serve(Integer.getInteger("quarkus.http.port"), "/api/", FakeService::stream);
    serve(
        Integer.getInteger("quarkus.management.port"),
        "/q/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
  }

  private static void block() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void serve(int port, String path, com.sun.net.httpserver.HttpHandler handler)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(path, handler);
    server.start();
  }

  private static void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    String event = "retry: 100\n: ready\n\nid: 1\ndata: " + ProcessHandle.current().pid() + "\n\n";
    body.write(event.getBytes(StandardCharsets.UTF_8));
    body.flush();
    block();
  }
}
