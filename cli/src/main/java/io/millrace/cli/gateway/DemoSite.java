package io.millrace.cli.gateway;

import io.millrace.cli.gateway.Gateway.Options;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The demo page, the endpoints only it may use, and the doctor's page. On the gateway's event loop.
 *
 * <p>{@code POST /demo/session} starts a session as one of the demo users, {@code POST
 * /demo/publish} publishes a record to the broker, {@code POST /demo/kill} kills a replica.
 */
final class DemoSite implements AutoCloseable {

  /** An event may have 64 KiB; the rest of the request is small. */
  private static final int MAX_BODY_BYTES = 80 << 10;

  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Map<String, Page> pages =
      Map.of(
          "/", Page.load("/demo/index.html", HTML),
          "/demo/demo.css", Page.load("/demo/demo.css", CSS),
          "/demo/demo.js", Page.load("/demo/demo.js", JAVASCRIPT),
          "/favicon.ico", Page.load("/demo/favicon.svg", "image/svg+xml"),
          "/doctor/", Page.load("/doctor/index.html", HTML),
          "/doctor/doctor.css", Page.load("/doctor/doctor.css", CSS),
          "/doctor/doctor.js", Page.load("/doctor/doctor.js", JAVASCRIPT));
  private final DemoSession session;
  private final DemoPublishing publishing;
  private final DemoKill killing;

  /**
   * A site before a gateway's replicas.
   *
   * @param runs what serves the streams of runs
   */
  DemoSite(Vertx vertx, Options options, ReplicaProxy runs) {
    this.session = new DemoSession(options.key());
    this.publishing = new DemoPublishing(vertx, options.bootstrapServers());
    this.killing = new DemoKill(runs, options.replicas());
  }

  /** A file of a page, held in memory. */
  private record Page(Buffer content, String type) {

    static Page load(String name, String type) {
      try (InputStream in = DemoSite.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException("the demo site's " + name + " is missing");
        }
        return new Page(Buffer.buffer(in.readAllBytes()), type);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  void handle(HttpServerRequest request) {
    switch (request.method() + " " + request.path()) {
      case "POST /demo/session" -> guarded(request, this::startSession);
      case "POST /demo/publish" -> guarded(request, publishing::publish);
      case "POST /demo/kill" -> guarded(request, killing::kill);
      default -> page(request);
    }
  }

  /** Whoever opens the page is about to publish. */
  private void startSession(HttpServerRequest request, JsonObject body) {
    session.start(request, body);
    publishing.prepare();
  }

  private void page(HttpServerRequest request) {
    Page page = pages.get(String.valueOf(request.path()));
    boolean read = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
    if (page == null || !read || !SameSite.isLoopback(request.getHeader("Host"))) {
      new Problem(404, "Nothing is here").answer(request);
      return;
    }
    request
        .response()
        .putHeader("Content-Type", page.type())
        .putHeader("Cache-Control", "no-cache")
        .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .end(page.content());
  }

  private static void guarded(
      HttpServerRequest request, BiConsumer<HttpServerRequest, JsonObject> action) {
    String type = String.valueOf(request.getHeader("Content-Type"));
    if (!SameSite.allows(request)) {
      new Problem(403, "Only the demo page itself may do this").answer(request);
    } else if (!type.startsWith("application/json")) {
      new Problem(415, "Send application/json").answer(request);
    } else {
      read(request, action);
    }
  }

  private static void read(
      HttpServerRequest request, BiConsumer<HttpServerRequest, JsonObject> action) {
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          if (body.length() + part.length() > MAX_BODY_BYTES) {
            request.handler(null);
            request.endHandler(null);
            new Problem(413, "More than " + MAX_BODY_BYTES + " bytes").answer(request);
          } else {
            body.appendBuffer(part);
          }
        });
    request.endHandler(
        end -> {
          try {
            action.accept(request, body.toJsonObject());
          } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            new Problem(400, "The body is not as it should be: " + e.getMessage()).answer(request);
          }
        });
  }

  @Override
  public void close() {
    publishing.close();
  }
}
