package io.millrace.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The least server of event streams: answers every connection alike and writes what it is told. */
final class SseStub implements AutoCloseable {

  static final String OPEN =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "11\r\nretry: 3000\n: ok\n\r\n";

  private static final String LAST_ID = "Last-Event-ID: ";

  private final ServerSocket server;
  private final List<Socket> streams = new CopyOnWriteArrayList<>();
  private final List<Socket> forgotten = new CopyOnWriteArrayList<>();
  private final Set<String> lastEventIds = ConcurrentHashMap.newKeySet();

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
        lastEventIds.add(lastEventId(socket));
        add(socket, answer);
      }
    } catch (IOException closed) {
      // By close().
    }
  }

  /** The answer first, then whatever is sent to all. */
  private synchronized void add(Socket socket, String answer) {
    send(socket, answer);
    streams.add(socket);
  }

  private static String lastEventId(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    String id = "";
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      id = line.startsWith(LAST_ID) ? line.substring(LAST_ID.length()) : id;
    }
    return id;
  }

  StreamTarget target() {
    return new StreamTarget(
        new InetSocketAddress("127.0.0.1", server.getLocalPort()),
        (client, id) ->
            ("GET / HTTP/1.1\r\n" + id.map(last -> LAST_ID + last + "\r\n").orElse("") + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
  }

  /** What clients came with; empty text for nothing. */
  Set<String> lastEventIds() {
    return lastEventIds;
  }

  int open() {
    return streams.size();
  }

  /** Stops sending to all streams so far, and says how many they were. */
  int forgetAll() {
    forgotten.addAll(streams);
    streams.removeAll(forgotten);
    return forgotten.size();
  }

  synchronized void sendToAll(String text) {
    streams.forEach(stream -> send(stream, text));
  }

  synchronized void sendToOne(String text) {
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
