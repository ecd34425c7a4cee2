package io.millrace.bench.contender;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Publishes by POST requests pipelined on one connection: in order, and the next need not wait for
 * an answer. That is the least an HTTP publisher can cost its server.
 */
final class HttpPublisher implements EventPublisher {

  private static final String STATUS_LINE = "HTTP/1.1 ";

  private final Socket socket;
  private final OutputStream out;
  private final String head;
  private final AtomicLong failed = new AtomicLong();

  HttpPublisher(InetSocketAddress server, String path) throws IOException {
    socket = new Socket(server.getAddress(), server.getPort());
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
    head =
        "POST %s HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nX-EventSource-Event: %s\r\n"
            .formatted(path, EVENT_TYPE);
    Thread answers = new Thread(this::readAnswers, "publish-answers");
    answers.setDaemon(true);
    answers.start();
  }

  @Override
  public void publish(byte[] json) {
    byte[] start =
        (head + "Content-Length: " + json.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[start.length + json.length];
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(json, 0, request, start.length, json.length);
    try {
      out.write(request);
    } catch (IOException e) {
      throw new UncheckedIOException("the server closed the publisher's connection", e);
    }
  }

  /**
   * An answer's body ends without a line end, so that a status line may follow on the same line.
   */
  private void readAnswers() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int at = line.indexOf(STATUS_LINE);
        if (at >= 0 && line.charAt(at + STATUS_LINE.length()) != '2') {
          failed.incrementAndGet();
        }
      }
    } catch (IOException closed) {
      // By close(); a loss before that shows as events that did not arrive.
    }
  }

  @Override
  public long failed() {
    return failed.get();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
