package io.millrace.e2e.breaker;

import io.millrace.e2e.Loopback;
import io.millrace.e2e.breaker.oracle.Visit;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A plain socket that speaks just enough HTTP and SSE: it takes a frame when its empty line has
 * come, and can be cut at any byte. Followed by its client's thread, cut by any.
 */
final class Connection implements AutoCloseable {

  /** Small, so that a client that does not read is felt by the server soon. */
  private static final int RECEIVE_BUFFER = 4 << 10;

  /** Several heartbeats: a replica that says nothing for so long is stopped or gone. */
  private static final int SILENCE_MILLIS = 4_000;

  private final Socket socket = new Socket();
  private final InputStream in;

  Connection(int port, String request) throws IOException {
    try {
      socket.setReceiveBufferSize(RECEIVE_BUFFER);
      socket.setSoTimeout(SILENCE_MILLIS);
      socket.connect(new InetSocketAddress(Loopback.HOST, port), SILENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      in = new BufferedInputStream(socket.getInputStream(), RECEIVE_BUFFER);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /**
   * Reads until the response ends.
   *
   * @param beforeLine may block: then nothing is read
   * @return how it ended
   */
  String follow(Visit visit, Runnable beforeLine) throws IOException {
    String status = line(in);
    int length = Body.CHUNKED;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).trim());
      }
    }
    if (!status.contains(" 200 ")) {
      return status;
    }
    Body body = new Body(in, length);
    String id = "";
    String event = Visit.UNNAMED;
    String data = "";
    while (!body.isOver()) {
      beforeLine.run();
      String line = line(body);
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        event = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data = line.substring(6);
      } else if (line.equals(": ready")) {
        visit.ready(System.nanoTime());
      } else if (line.isEmpty() && !data.isEmpty()) {
        visit.take(new Visit.Frame(id, event, data, System.nanoTime()));
        id = "";
        event = Visit.UNNAMED;
        data = "";
      }
    }
    return "by the server";
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("cut");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** Sends a reset: what was not read is gone. */
  @Override
  public void close() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException alreadyGone) {
      // Going away is all that was wanted.
    }
  }

  /** The bytes of a response without its chunk heads. */
  private static final class Body extends InputStream {

    static final int CHUNKED = -1;

    private final InputStream in;
    private final boolean chunked;
    private int left;

    Body(InputStream in, int length) {
      this.in = in;
      this.chunked = length == CHUNKED;
      this.left = Math.max(0, length);
    }

    /** Whether the response has said that nothing follows; waits for the next chunk to know. */
    boolean isOver() throws IOException {
      if (left == 0 && chunked) {
        left = Integer.parseInt(line(in), 16);
      }
      return left == 0;
    }

    @Override
    public int read() throws IOException {
      if (isOver()) {
        return -1;
      }
      int b = in.read();
      if (--left == 0 && chunked) {
        line(in);
      }
      return b;
    }
  }
}
