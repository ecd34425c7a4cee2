package io.millrace.cli.conformance.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a deployment answered: its head, and its body as the bytes come. A thread of its own reads;
 * the check looks at all of it so far, or waits.
 */
public final class Answer implements AutoCloseable {

  private final int status;
  private final HttpHeaders headers;
  private final InputStream in;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private String ending = "";

  private Answer(HttpResponse<InputStream> response) {
    status = response.statusCode();
    headers = response.headers();
    in = response.body();
  }

  static Answer reading(HttpResponse<InputStream> response) {
    Answer answer = new Answer(response);
    Thread reader = new Thread(answer::read, "answer");
    reader.setDaemon(true);
    reader.start();
    return answer;
  }

  private void read() {
    byte[] buffer = new byte[16 << 10];
    String end = "the server ended it";
    try {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        take(buffer, length);
      }
    } catch (IOException broken) {
      end = "it broke off: " + Printable.of(String.valueOf(broken.getMessage()));
    }
    end(end);
  }

  private synchronized void take(byte[] buffer, int length) {
    received.write(buffer, 0, length);
    notifyAll();
  }

  private synchronized void end(String how) {
    ending = how;
    notifyAll();
  }

  public int status() {
    return status;
  }

  /** All values of a header. */
  public List<String> headers(String name) {
    return headers.allValues(name);
  }

  /** All values of a header in one line, as HTTP has it; empty without one. */
  public String header(String name) {
    return String.join(", ", headers(name));
  }

  /** The body so far. */
  public synchronized byte[] bytes() {
    return received.toByteArray();
  }

  /** The body so far, as text. */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** The frames so far. */
  public List<Frame> frames() {
    return Frame.in(text());
  }

  /** How it ended; empty while it has not. */
  public synchronized String ending() {
    return ending;
  }

  /**
   * Waits until what came satisfies this.
   *
   * @return whether it does; false after this time, or when nothing more will come
   */
  public boolean await(Predicate<Answer> expected, Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (true) {
      int seen;
      boolean over;
      synchronized (this) {
        seen = received.size();
        over = !ending.isEmpty();
      }
      if (expected.test(this)) {
        return true;
      }
      if (over || !awaitMore(seen, deadline)) {
        return false;
      }
    }
  }

  /** Waits until the body has ended. */
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    return await(answer -> !answer.ending().isEmpty(), longest);
  }

  private synchronized boolean awaitMore(int seen, long deadline) throws InterruptedException {
    while (received.size() == seen && ending.isEmpty()) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }

  /** What a reader of the report should know of it: status, and how its body begins. */
  @Override
  public String toString() {
    String to = status / 100 == 3 ? " to " + Printable.quoted(header("Location")) : "";
    return status + to + " (" + header("Content-Type") + "): " + Printable.quoted(text());
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException gone) {
      // Nobody reads it any more.
    }
  }
}
