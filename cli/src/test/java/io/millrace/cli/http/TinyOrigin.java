package io.millrace.cli.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An HTTP server that does nothing by itself: the test takes each request and writes the answer.
 */
public final class TinyOrigin implements AutoCloseable {

  private final ServerSocket server;
  private final Thread accepting = new Thread(this::accept, "tiny-origin");
  private final BlockingQueue<Exchange> requests = new LinkedBlockingQueue<>();
  private Consumer<Exchange> taker = requests::add;

  private TinyOrigin(ServerSocket server) {
    this.server = server;
  }

  public static TinyOrigin start() throws IOException {
    TinyOrigin origin = new TinyOrigin(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    origin.begin();
    return origin;
  }

  /** Hands each request to this, on a thread of its own, instead of keeping it for the test. */
  public static TinyOrigin start(Consumer<Exchange> taker) throws IOException {
    TinyOrigin origin = new TinyOrigin(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    origin.taker = taker;
    origin.begin();
    return origin;
  }

  private void begin() {
    accepting.setDaemon(true);
    accepting.start();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "tiny-origin");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        daemon(() -> read(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void read(Socket socket) {
    try {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String first = in.readLine();
      if (first == null) {
        return;
      }
      Map<String, String> headers = new LinkedHashMap<>();
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      Exchange exchange = new Exchange(socket, in, first, headers);
      taker.accept(exchange);
    } catch (IOException gone) {
      // The client left before it had asked.
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /** The next request, within ten seconds. */
  public Exchange next() throws InterruptedException {
    Exchange exchange = requests.poll(10, TimeUnit.SECONDS);
    if (exchange == null) {
      throw new AssertionError("no request came");
    }
    return exchange;
  }

  public boolean hasRequest() {
    return !requests.isEmpty();
  }

  /**
   * Nobody can connect any more when this returns: a thread in accept keeps a closed socket open.
   */
  @Override
  public void close() throws IOException {
    server.close();
    try {
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One request and the socket its answer goes to. */
  public record Exchange(
      Socket socket, BufferedReader in, String requestLine, Map<String, String> headers) {

    /** Starts a chunked event stream. */
    public Exchange stream() {
      return write(
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;charset=utf-8\r\n"
              + "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    /** Sends one chunk of the stream. */
    public Exchange chunk(String text) {
      int length = text.getBytes(StandardCharsets.UTF_8).length;
      return write(Integer.toHexString(length) + "\r\n" + text + "\r\n");
    }

    /** Ends the stream as it should end. */
    public void end() throws IOException {
      write("0\r\n\r\n");
      socket.close();
    }

    /** Ends the connection in the middle of the stream, as a process that is killed does. */
    public void abort() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Answers with a status and a short body. */
    public void answer(String status, String type, String body) throws IOException {
      write(
          "HTTP/1.1 "
              + status
              + "\r\nContent-Type: "
              + type
              + "\r\nContent-Length: "
              + body.length()
              + "\r\nConnection: close\r\n\r\n"
              + body);
      socket.close();
    }

    public Exchange write(String text) {
      try {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits until the client has closed its side. */
    public void awaitClientGone() throws IOException {
      socket.setSoTimeout(10_000);
      try {
        if (in.read() != -1) {
          throw new AssertionError("the client sent more");
        }
      } catch (java.net.SocketException reset) {
        // Gone all the same.
      }
    }
  }
}
