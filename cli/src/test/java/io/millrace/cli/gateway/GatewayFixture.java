package io.millrace.cli.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.http.TinyOrigin;
import io.millrace.cli.runtime.StateDirectory;
import io.millrace.cli.token.DevelopmentKey;
import io.millrace.kafka.embedded.LoopbackPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway before two origins the test itself plays; the first is ready. */
final class GatewayFixture implements AutoCloseable {

  final TinyOrigin one = TinyOrigin.start();
  final TinyOrigin two = TinyOrigin.start();
  final List<Integer> ready = new CopyOnWriteArrayList<>(List.of(one.port()));
  final int port = LoopbackPort.free();
  private final Path state;
  private final Gateway gateway;

  GatewayFixture(Path state) throws IOException {
    this.state = state;
    this.gateway = gatewayOn(port);
  }

  Gateway gatewayOn(int listening) {
    DevelopmentKey key = DevelopmentKey.in(new StateDirectory(state));
    ReadyReplicas replicas =
        surface -> surface == Surface.NOTIFICATIONS ? List.copyOf(ready) : List.of();
    return Gateway.start(
        new Gateway.Options(listening, replicas, key, "127.0.0.1:" + LoopbackPort.free()));
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    one.close();
    two.close();
  }

  /** A client that reads its answer byte by byte. */
  Socket subscribe(String path, String... headers) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(10_000);
    String request =
        "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("", headers) + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  /** Reads until this text has come, and returns everything up to it. */
  static String readTo(Socket socket, String end) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int next = in.read();
      assertTrue(next >= 0, "ended after " + read);
      read.append((char) next);
    }
    return read.toString();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  HttpRequest get(String path) {
    return HttpRequest.newBuilder(uri(path)).build();
  }
}
