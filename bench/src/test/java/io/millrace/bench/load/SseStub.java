package io.millrace.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The least server of event streams: answers every connection alike and writes what it is told. */
final class SseStub implements AutoCloseable {

  static final String OPEN =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "10\r\nretry: 3000\n: ok\r\n";

  private static final byte[] REQUEST =
      "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket server;
  private final List<Socket> streams = new CopyOnWriteArrayList<>();

  SseStub(String answer) throws IOException {
    server = new ServerSocket(0, 1024, InetAddress.getByName("127.0.0.1"));
    Thread accepting = new Thread(() -> accept(answer), "sse-stub");
    accepting.setDaemon(true);
    accepting.start();
  }

  private void accept(String answer) {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.getInputStream().readNBytes(REQUEST.length);
        streams.add(socket);
        send(socket, answer);
      }
    } catch (IOException closed) {
      // By close().
    }
  }

  StreamTarget target() {
    return new StreamTarget(
        new InetSocketAddress("127.0.0.1", server.getLocalPort()), stream -> REQUEST);
  }

  void sendToAll(String text) {
    streams.forEach(stream -> send(stream, text));
  }

  void sendToOne(String text) {
    send(streams.get(0), text);
  }

  void closeOne() throws IOException {
    streams.get(0).close();
  }

  List<String> clientAddresses() {
    return streams.stream().map(each -> each.getInetAddress().getHostAddress()).distinct().toList();
  }

  private static void send(Socket socket, String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket stream : streams) {
      stream.close();
    }
  }
}
