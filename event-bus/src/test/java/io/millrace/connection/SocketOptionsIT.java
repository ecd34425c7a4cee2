package io.millrace.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.millrace.config.MillraceConfig;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the kernel says of an accepted socket, over the native transport the services use. */
class SocketOptionsIT {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void acceptedSocketsAreBounded() throws Exception {
    // Given
    HttpServerOptions options = new HttpServerOptions();
    new SocketOptions(config()).customizeHttpServer(options);
    CompletableFuture<EpollSocketChannelConfig> accepted = new CompletableFuture<>();
    HttpServer server =
        vertx
            .createHttpServer(options)
            .requestHandler(
                request ->
                    accepted.complete(
                        assertInstanceOf(
                                EpollSocketChannel.class,
                                ((ConnectionBase) request.connection()).channel())
                            .config()))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);

    // When
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      // Then: Linux doubles what it is told, for its own bookkeeping
      EpollSocketChannelConfig kernel = accepted.get(10, TimeUnit.SECONDS);
      assertEquals(90_000, kernel.getTcpUserTimeout());
      assertEquals(2 * 64 * 1024, kernel.getSendBufferSize());
    }
  }

  private static MillraceConfig config() {
    return new SmallRyeConfigBuilder()
        .withMapping(MillraceConfig.class)
        .withConverter(MemorySize.class, 100, new MemorySizeConverter())
        .withConverter(Duration.class, 100, new DurationConverter())
        .withDefaultValue("millrace.topic.name", "any")
        .build()
        .getConfigMapping(MillraceConfig.class);
  }
}
