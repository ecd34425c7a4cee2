package io.millrace.connection;

import io.millrace.config.MillraceConfig;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Sets what bounds the kernel's share of a connection's memory, and how long it keeps a peer that
 * is gone.
 */
@Singleton
final class SocketOptions implements HttpServerOptionsCustomizer {

  private final MillraceConfig.Connection connection;

  SocketOptions(MillraceConfig config) {
    this.connection = config.connection();
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    bound(options);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    bound(options);
  }

  private void bound(HttpServerOptions options) {
    options
        .setSendBufferSize((int) connection.sendBuffer().asLongValue())
        .setTcpNoDelay(true)
        .setTcpKeepAlive(true)
        .setTcpUserTimeout((int) connection.tcpUserTimeout().toMillis());
  }
}
