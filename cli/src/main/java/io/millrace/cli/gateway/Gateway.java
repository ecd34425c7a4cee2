package io.millrace.cli.gateway;

import io.millrace.cli.runtime.Failure;
import io.millrace.cli.token.DevelopmentKey;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one address of {@code millrace up}: the two surfaces, and the demo page at {@code /}.
 *
 * <p>On loopback, plain HTTP/1.1. One event loop serves every connection in both directions, so an
 * event crosses no thread on its way through.
 */
public final class Gateway implements AutoCloseable {

  private static final int CLOSE_TIMEOUT_S = 3;

  private final Vertx vertx;
  private final Map<Surface, ReplicaProxy> proxies = new EnumMap<>(Surface.class);
  private final DemoSite demo;

  private Gateway(Vertx vertx, Options options) {
    this.vertx = vertx;
    proxies.put(
        Surface.NOTIFICATIONS, new ReplicaProxy(vertx, Surface.NOTIFICATIONS, options.replicas()));
    ReplicaProxy runs = new ReplicaProxy(vertx, Surface.AI_EVENTS, options.replicas());
    proxies.put(Surface.AI_EVENTS, runs);
    this.demo = new DemoSite(vertx, options, runs);
  }

  /**
   * What a gateway is made of.
   *
   * @param port where it listens
   * @param replicas where it sends subscribers
   * @param key signs the demo page's sessions
   * @param bootstrapServers the broker the demo page publishes to
   */
  public record Options(
      int port, ReadyReplicas replicas, DevelopmentKey key, String bootstrapServers) {}

  /**
   * Listens; when this returns it answers.
   *
   * @throws Failure when the port is taken
   */
  public static Gateway start(Options options) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
    Gateway gateway = new Gateway(vertx, options);
    HttpServerOptions server =
        new HttpServerOptions()
            .setTcpNoDelay(true)
            .setIdleTimeout(0)
            .setCompressionSupported(false)
            .setHttp2ClearTextEnabled(false);
    try {
      vertx
          .createHttpServer(server)
          .requestHandler(gateway::route)
          .listen(options.port(), "127.0.0.1")
          .toCompletionStage()
          .toCompletableFuture()
          .join();
      return gateway;
    } catch (CompletionException e) {
      gateway.close();
      throw new Failure(
          "the gateway cannot listen on port " + options.port() + ": " + e.getCause(), e);
    }
  }

  private void route(HttpServerRequest request) {
    Arrays.stream(Surface.values())
        .filter(surface -> surface.owns(String.valueOf(request.path())))
        .findFirst()
        .map(proxies::get)
        .ifPresentOrElse(proxy -> proxy.handle(request), () -> demo.handle(request));
  }

  @Override
  public void close() {
    demo.close();
    try {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(CLOSE_TIMEOUT_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The process ends next, and its sockets with it.
    }
  }
}
