package io.millrace.connection;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The two ways to write, over real sockets. */
class Http1EventStreamIT {

  private static final int IDLE_SECONDS = 1;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<EventStream> opened = new AtomicReference<>();
  private final AtomicReference<Context> loop = new AtomicReference<>();
  private final AtomicInteger gone = new AtomicInteger();
  private final HttpServer server = serve();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void isWhatAnHttp11ClientReadsAsOneStream() throws Exception {
    CompletableFuture<HttpResponse<String>> response = get(HttpClient.Version.HTTP_1_1);
    onLoop(() -> write("data: a\n\n"));
    onLoop(() -> write("data: b\n\n"));
    onLoop(() -> opened.get().end());

    assertEquals("open\ndata: a\n\ndata: b\n\n", response.get(10, TimeUnit.SECONDS).body());
    assertInstanceOf(Http1EventStream.class, opened.get());
  }

  @Test
  void fallsBackToTheResponseForHttp2() throws Exception {
    CompletableFuture<HttpResponse<String>> response = get(HttpClient.Version.HTTP_2);
    onLoop(() -> write("data: a\n\n"));
    onLoop(() -> opened.get().end());

    assertEquals("open\ndata: a\n\n", response.get(10, TimeUnit.SECONDS).body());
    assertEquals(HttpClient.Version.HTTP_2, response.get().version());
    assertInstanceOf(ResponseEventStream.class, opened.get());
  }

  @Test
  void fallsBackToTheResponseForHttp10() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      onLoop(() -> write("data: a\n\n"));
      onLoop(() -> opened.get().end());

      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertTrue(answer.endsWith("\r\n\r\nopen\ndata: a\n\n"), answer);
    }
  }

  @Test
  void outlivesTheIdleTimeoutOfTheServer() throws Exception {
    CompletableFuture<HttpResponse<String>> response = get(HttpClient.Version.HTTP_1_1);
    onLoop(() -> write("data: a\n\n"));

    await()
        .during(IDLE_SECONDS * 2500L, TimeUnit.MILLISECONDS)
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> gone.get() == 0);

    onLoop(() -> write("data: b\n\n"));
    onLoop(() -> opened.get().end());
    assertEquals("open\ndata: a\n\ndata: b\n\n", response.get(10, TimeUnit.SECONDS).body());
  }

  @Test
  void saysWhenTheSocketTakesNoMoreAndWhenItDoesAgain() throws Exception {
    AtomicInteger drained = new AtomicInteger();
    try (Socket socket = connect()) {
      InputStream in = socket.getInputStream();
      onLoop(() -> opened.get().onDrain(drained::incrementAndGet));

      await().until(() -> stuffed());
      assertEquals(0, drained.get());
      await()
          .until(
              () -> {
                in.skipNBytes(Math.min(in.available(), 64 * 1024));
                return drained.get() > 0;
              });

      onLoop(() -> assertTrue(opened.get().isWritable()));
    }
  }

  @Test
  void endsAStreamWhoseClientReadsNothing() throws Exception {
    try (Socket socket = connect()) {
      await().until(() -> stuffed());

      onLoop(() -> opened.get().end());

      await().atMost(15, TimeUnit.SECONDS).until(() -> gone.get() == 1);
      assertFalse(socket.isClosed());
    }
  }

  @Test
  void dropsWhatIsWrittenAfterTheClientLeft() throws Exception {
    connect().close();
    await().until(() -> gone.get() == 1);

    onLoop(() -> write("data: too late\n\n"));
    onLoop(() -> opened.get().end());
  }

  /** Writes until the socket takes no more; false while it still does. */
  private boolean stuffed() throws Exception {
    CompletableFuture<Boolean> full = new CompletableFuture<>();
    onLoop(
        () -> {
          if (opened.get().isWritable()) {
            write("data: " + "x".repeat(16 * 1024) + "\n\n");
          }
          full.complete(!opened.get().isWritable());
        });
    return full.get(10, TimeUnit.SECONDS);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.actualPort());
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private CompletableFuture<HttpResponse<String>> get(HttpClient.Version version) {
    URI uri = URI.create("http://127.0.0.1:" + server.actualPort() + "/");
    return HttpClient.newBuilder()
        .version(version)
        .build()
        .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private void write(String frames) {
    FrameBuffer buffer =
        FrameBuffer.of(
            PooledByteBufAllocator.DEFAULT,
            frames.length(),
            out -> out.writeCharSequence(frames, StandardCharsets.UTF_8));
    opened.get().write(buffer);
    opened.get().flush();
    buffer.release();
  }

  private void onLoop(Runnable action) throws Exception {
    await().until(() -> opened.get() != null);
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.get()
        .runOnContext(
            ignored -> {
              try {
                action.run();
                done.complete(null);
              } catch (RuntimeException | AssertionError failure) {
                done.completeExceptionally(failure);
              }
            });
    done.get(10, TimeUnit.SECONDS);
  }

  private HttpServer serve() {
    Router router = Router.router(vertx);
    router
        .route()
        .handler(
            context -> {
              loop.set(vertx.getOrCreateContext());
              context.addEndHandler(end -> gone.incrementAndGet());
              context.response().setChunked(true).setWriteQueueMaxSize(32 * 1024);
              context.response().write("open\n");
              opened.set(EventStream.of(context));
            });
    HttpServerOptions options =
        new HttpServerOptions().setIdleTimeout(IDLE_SECONDS).setSendBufferSize(32 * 1024);
    return vertx
        .createHttpServer(options)
        .requestHandler(router)
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }
}
