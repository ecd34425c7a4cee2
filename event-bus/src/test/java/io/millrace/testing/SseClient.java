package io.millrace.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;

/**
 * One exchange over a plain socket. A thread reads what comes; a test looks at all of it so far, to
 * the byte, or waits for what it expects.
 */
public final class SseClient implements AutoCloseable {

  /** Far above any delivery, for machines that do much else. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration POLL = Duration.ofMillis(5);

  private final Socket socket;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private String firstRead = "";
  private volatile boolean closed;

  private SseClient(Socket socket) {
    this.socket = socket;
  }

  /** Connects, sends these bytes and reads what comes. */
  public static SseClient send(URI server, byte[] request) {
    SseClient client = stalled(server, request);
    client.resume();
    return client;
  }

  /** As {@link #send}, but nothing is read before {@link #resume}, and little is buffered. */
  public static SseClient stalled(URI server, byte[] request) {
    try {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(16_384);
      socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
      write(socket, request);
      return new SseClient(socket);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Socket socket, byte[] request) {
    try {
      socket.getOutputStream().write(request);
    } catch (IOException refused) {
      // The server had read enough of it; what it answered, if anything, can still be read.
    }
  }

  /** Starts to read. */
  public void resume() {
    Thread reader = new Thread(this::read, "sse-client");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    byte[] buffer = new byte[65_536];
    try {
      InputStream in = socket.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        take(buffer, n);
      }
    } catch (IOException reset) {
      // The end, in another form.
    } finally {
      closed = true;
    }
  }

  private synchronized void take(byte[] buffer, int n) {
    if (received.size() == 0) {
      firstRead = new String(buffer, 0, n, StandardCharsets.UTF_8);
    }
    received.write(buffer, 0, n);
  }

  private synchronized Optional<HttpMessage> message() {
    return HttpMessage.parse(received.toByteArray());
  }

  private static ConditionFactory patiently(String what) {
    return await(what).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(POLL);
  }

  private HttpMessage awaitHead() {
    Optional<HttpMessage> now = message();
    if (now.isPresent()) {
      return now.get();
    }
    patiently("response head").until(() -> message().isPresent() || closed);
    return message().orElseThrow(() -> new AssertionError("closed without a response"));
  }

  public int status() {
    return awaitHead().status();
  }

  /** All values of a header, in order. */
  public List<String> headers(String name) {
    return awaitHead().headers().getOrDefault(name, List.of());
  }

  /** The value of a header that must be there once. */
  public String header(String name) {
    List<String> values = headers(name);
    assertEquals(1, values.size(), name + ": " + values);
    return values.get(0);
  }

  /** What the first read of the socket returned. */
  public synchronized String firstRead() {
    return firstRead;
  }

  /** The body so far. */
  public String body() {
    return new String(awaitHead().body(), StandardCharsets.UTF_8);
  }

  /** The frames so far. */
  public List<SseFrame> frames() {
    return SseFrame.in(body());
  }

  /** Returns once the stream is open. */
  public SseClient awaitReady() {
    assertEquals(200, status(), () -> body());
    awaitBody(": ready\n\n");
    return this;
  }

  public void awaitBody(String part) {
    patiently(part).until(() -> body().contains(part));
  }

  /** The first frame. */
  public SseFrame awaitFrame() {
    return awaitFrames(1).get(0);
  }

  /** All frames once there are at least so many. */
  public List<SseFrame> awaitFrames(int count) {
    patiently(count + " frames")
        .untilAsserted(() -> assertTrue(frames().size() >= count, () -> body()));
    return frames();
  }

  /** The data of all frames once there are at least so many. */
  public List<String> awaitData(int count) {
    return awaitFrames(count).stream().map(SseFrame::data).toList();
  }

  /** The whole body, once the response has ended by itself or with its connection. */
  public String awaitEnd() {
    patiently("end of the response")
        .until(() -> closed || message().filter(HttpMessage::complete).isPresent());
    return body();
  }

  /** Returns once the server has closed the connection, with a response or without. */
  public SseClient awaitClosed() {
    patiently("end of the connection").until(() -> closed);
    return this;
  }

  /** Whether the server said that the response is complete. */
  public boolean isComplete() {
    return awaitHead().complete();
  }

  /** Whether there was a response at all. */
  public boolean isAnswered() {
    return message().isPresent();
  }

  public boolean isOpen() {
    return !closed && !isComplete();
  }

  /** Closes its sending side: the server sees the end, this side can still read. */
  public void halfClose() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
