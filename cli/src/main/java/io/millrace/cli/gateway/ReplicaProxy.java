package io.millrace.cli.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.net.ConnectException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes the requests of one surface to its ready replicas in turn, and streams the answers as they
 * come: no buffer, no compression, no idle limit. On the gateway's event loop.
 */
final class ReplicaProxy {

  /** On loopback a live listener accepts at once. */
  private static final int CONNECT_TIMEOUT_MS = 1_000;

  /** Each stream holds one connection; more than a demo or a test opens through this gateway. */
  private static final int MAX_STREAMS_PER_REPLICA = 20_000;

  /** More than anybody opens to look at the demo. */
  private static final int MAX_VIEWS = 1_000;

  /** The query parameter by which a view of the demo page names itself; the services ignore it. */
  private static final String VIEW = "view";

  private final Surface surface;
  private final ReadyReplicas replicas;
  private final HttpProxy proxy;
  private final AtomicInteger turn = new AtomicInteger();

  /** The port that last served each view of a page that named itself; the oldest are forgotten. */
  private final Map<String, Integer> views = new LinkedHashMap<>();

  ReplicaProxy(Vertx vertx, Surface surface, ReadyReplicas replicas) {
    this.surface = surface;
    this.replicas = replicas;
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setTcpNoDelay(true)
                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                .setMaxPoolSize(MAX_STREAMS_PER_REPLICA)
                .setDecompressionSupported(false));
    this.proxy =
        HttpProxy.reverseProxy(client)
            .origin(this::connect)
            .addInterceptor(new RejectWhenNone())
            .addInterceptor(new HeadAtOnce());
  }

  void handle(HttpServerRequest request) {
    proxy.handle(request);
  }

  /** The port of the replica that last served this view of a page. */
  Optional<Integer> portOf(String view) {
    return Optional.ofNullable(views.get(view));
  }

  private Future<HttpClientRequest> connect(ProxyContext context) {
    List<Integer> ports = replicas.ports(surface);
    String view = context.request().proxiedRequest().getParam(VIEW);
    return connect(context.client(), ports, ports.size())
        .onSuccess(
            request -> {
              if (view != null) {
                served(view, request.connection().remoteAddress().port());
              }
            });
  }

  private void served(String view, int port) {
    views.remove(view);
    views.put(view, port);
    if (views.size() > MAX_VIEWS) {
      views.remove(views.keySet().iterator().next());
    }
  }

  /** A replica that has just died may still be listed: the next one is tried. */
  private Future<HttpClientRequest> connect(HttpClient client, List<Integer> ports, int attempts) {
    if (attempts == 0) {
      return Future.failedFuture(new ConnectException("no replica is ready"));
    }
    int port = ports.get(Math.floorMod(turn.getAndIncrement(), ports.size()));
    return client
        .request(new RequestOptions().setHost("127.0.0.1").setPort(port))
        .recover(unreachable -> connect(client, ports, attempts - 1));
  }

  /** No replica, or it died before it answered. */
  private static final class RejectWhenNone implements ProxyInterceptor {

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
      return context
          .sendRequest()
          .recover(failure -> Future.succeededFuture(SoftReject.answer(context.request())));
    }
  }

  /** The library sends the head with the first bytes of the body; a stream may be long silent. */
  private static final class HeadAtOnce implements ProxyInterceptor {

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
      Future<Void> sent = context.sendResponse();
      HttpServerResponse response = context.request().proxiedRequest().response();
      if (response.isChunked() && !response.headWritten()) {
        response.write(Buffer.buffer());
      }
      return sent;
    }
  }
}
