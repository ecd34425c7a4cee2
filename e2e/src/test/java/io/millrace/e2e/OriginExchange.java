package io.millrace.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One request an {@link Origin} received, and its answer, written piece by piece by the test. */
public final class OriginExchange {

  /** How the end of a body is told. */
  public enum Framing {
    CHUNKED,
    CLOSE
  }

  private final String head;
  private final String body;
  private final Socket socket;
  private final CountDownLatch peerLeft = new CountDownLatch(1);
  private Framing framing = Framing.CHUNKED;

  OriginExchange(String head, String body, Socket socket) {
    this.head = head;
    this.body = body;
    this.socket = socket;
  }

  /** Request line and headers as they came. */
  public String head() {
    return head;
  }

  /** Of a request with a length; else empty. */
  public String body() {
    return body;
  }

  /** Headers and a first comment in one write, as the services do. */
  public void openStream(Framing chosen, String... headers) throws IOException {
    open(chosen, "retry: 1000\n: ready\n\n", headers);
  }

  /**
   * The same with another beginning: a proxy may decide by the first piece what it does with all.
   */
  public void openStreamWithEvent(Framing chosen, int id, int size, String... headers)
      throws IOException {
    open(chosen, "id: %d\ndata: %s\n\n".formatted(id, "x".repeat(size)), headers);
  }

  private void open(Framing chosen, String first, String... headers) throws IOException {
    framing = chosen;
    StringBuilder answer =
        new StringBuilder("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n");
    for (String header : headers) {
      answer.append(header).append("\r\n");
    }
    answer.append(
        framing == Framing.CHUNKED
            ? "Transfer-Encoding: chunked\r\n\r\n"
            : "Connection: close\r\n\r\n");
    write(answer + framed(first));
  }

  /** One event of exactly {@code size} bytes in one write. */
  public void event(int id, int size) throws IOException {
    String start = "id: " + id + "\ndata: ";
    write(framed(start + "x".repeat(size - start.length() - 2) + "\n\n"));
  }

  public void heartbeat() throws IOException {
    write(framed(": hb 0\n"));
  }

  /** A complete answer of another kind. */
  public void answer(String status, String contentType, String body) throws IOException {
    write(
        "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, contentType, body.length(), body));
  }

  public void end() throws IOException {
    if (framing == Framing.CHUNKED) {
      write("0\r\n\r\n");
    } else {
      socket.close();
    }
  }

  /** Breaks off: no last chunk, no answer at all if none was begun. */
  public void abort() throws IOException {
    socket.close();
  }

  private String framed(String text) {
    return framing == Framing.CHUNKED
        ? Integer.toHexString(text.length()) + "\r\n" + text + "\r\n"
        : text;
  }

  private void write(String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(US_ASCII));
    out.flush();
  }

  void peerLeft() {
    peerLeft.countDown();
  }

  public boolean awaitPeerLeft(long millis) throws InterruptedException {
    return peerLeft.await(millis, TimeUnit.MILLISECONDS);
  }
}
