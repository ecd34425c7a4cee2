package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP origin on raw sockets: the test decides every byte of the answer and when it leaves,
 * which no well-behaved server would let it do. Requests wait in {@link #next()}.
 */
public final class Origin implements AutoCloseable {

  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("(?i)\\r\\nContent-Length: *(\\d+)\\r\\n");

  private final ServerSocket server;
  private final BlockingQueue<OriginExchange> exchanges = new LinkedBlockingQueue<>();
  private final AtomicInteger connections = new AtomicInteger();

  public Origin() {
    this(Loopback.listen());
  }

  /** On another address of this machine, for whoever doesn't accept loopback. */
  public Origin(InetAddress address) throws IOException {
    this(new ServerSocket(0, 50, address));
  }

  private Origin(ServerSocket server) {
    this.server = server;
    start(this::acceptAll, "origin");
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Connections accepted so far. */
  public int connections() {
    return connections.get();
  }

  /** The next request, waiting for it. */
  public OriginExchange next() throws InterruptedException {
    OriginExchange exchange = exchanges.poll(SseReader.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(exchange).as("a request reached the origin").isNotNull();
    return exchange;
  }

  public boolean hasWaitingRequest() {
    return !exchanges.isEmpty();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        connections.incrementAndGet();
        start(() -> serve(socket), "origin-connection");
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  /** A proxy does not pipeline: what is readable is the next request, or the end. */
  private void serve(Socket socket) {
    OriginExchange last = null;
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream())) {
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        last = new OriginExchange(head, body(head, in), socket);
        exchanges.add(last);
      }
    } catch (IOException reset) {
      // The same to the test as an end.
    }
    if (last != null) {
      last.peerLeft();
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = in.read();
      if (read < 0) {
        return "";
      }
      head.append((char) read);
    }
    return head.toString();
  }

  /** Of a request that tells its length; a proxy may not turn such a one into chunks unasked. */
  private static String body(String head, InputStream in) throws IOException {
    Matcher length = CONTENT_LENGTH.matcher(head);
    return length.find()
        ? new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
        : "";
  }

  private static void start(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
