package io.millrace.cli.doctor.probe;

import io.millrace.cli.conformance.wire.Printable;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One request and what came of it, with times. Filled by the HTTP client's threads ({@link
 * Intake}), read by the check that asked. Times are milliseconds since the request was sent.
 */
public final class Recording {

  /** The start of an error page is enough to recognise it. */
  private static final int MAX_TEXT_BYTES = 4 << 10;

  private final ProbeRequest request;
  private final Runnable onEnd;
  private final long startedNanos = System.nanoTime();
  private final List<Arrival> arrivals = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final Intake intake = new Intake(this);
  private Optional<HttpResponse.ResponseInfo> head = Optional.empty();
  private Optional<Throwable> failure = Optional.empty();
  private Ending ending = Ending.OPEN;
  private double headMillis;
  private double firstByteMillis;
  private double lastByteMillis;
  private double quietMillis;
  private double endMillis;
  private long bytes;

  /**
   * @param onEnd called once, when it is over
   */
  Recording(ProbeRequest request, Runnable onEnd) {
    this.request = request;
    this.onEnd = onEnd;
  }

  Intake intake() {
    return intake;
  }

  private double now() {
    return (System.nanoTime() - startedNanos) / 1e6;
  }

  synchronized void answered(HttpResponse.ResponseInfo info) {
    head = Optional.of(info);
    headMillis = now();
    lastByteMillis = headMillis;
    notifyAll();
  }

  /** Called before the events of a read are told. */
  synchronized void read(byte[] body, int length) {
    double now = now();
    quietMillis = now - lastByteMillis;
    lastByteMillis = now;
    if (bytes == 0) {
      firstByteMillis = lastByteMillis;
    }
    bytes += length;
    if (arrivals.isEmpty() && text.length() < MAX_TEXT_BYTES) {
      text.append(new String(body, 0, length, StandardCharsets.UTF_8));
    }
  }

  synchronized void arrived(ProbeEvent event) {
    arrivals.add(new Arrival(lastByteMillis, quietMillis, event));
    notifyAll();
  }

  synchronized void ended(Ending how, Optional<Throwable> why) {
    if (ending == Ending.OPEN) {
      ending = how;
      failure = why;
      endMillis = now();
      onEnd.run();
      notifyAll();
    }
  }

  /** Leaves. */
  public void leave() {
    ended(Ending.LEFT, Optional.empty());
    intake.cancel();
  }

  public ProbeRequest request() {
    return request;
  }

  /** 0 while there is no answer. */
  public synchronized int status() {
    return head.map(HttpResponse.ResponseInfo::statusCode).orElse(0);
  }

  /** All values of a header in one line; empty without one. */
  public synchronized String header(String name) {
    return head.map(info -> String.join(", ", info.headers().allValues(name))).orElse("");
  }

  public synchronized boolean isHttp2() {
    return head.map(info -> info.version() == HttpClient.Version.HTTP_2).orElse(false);
  }

  public boolean isEventStream() {
    String type = header("Content-Type").toLowerCase(Locale.ROOT);
    return status() == 200 && type.startsWith("text/event-stream");
  }

  /** Whether somebody encoded the body; its events can't be read then. */
  public boolean isEncoded() {
    String encoding = header("Content-Encoding");
    return !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity");
  }

  /** Whether its events can be read. */
  boolean isPlainStream() {
    return isEventStream() && !isEncoded();
  }

  /** Whether the probe itself had no place left, and not a tier. */
  public boolean isProbeFull() {
    return status() == 429 && header("Content-Type").startsWith("application/problem+json");
  }

  public synchronized double headMillis() {
    return headMillis;
  }

  public synchronized double firstByteMillis() {
    return firstByteMillis;
  }

  public synchronized double lastByteMillis() {
    return lastByteMillis;
  }

  public synchronized double endMillis() {
    return endMillis;
  }

  /** Of the body, as it came. */
  public synchronized long bytes() {
    return bytes;
  }

  public synchronized List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  /** The start of what came before the first event, if one came. */
  public synchronized String text() {
    return text.toString();
  }

  public synchronized Ending ending() {
    return ending;
  }

  public synchronized Optional<Throwable> failure() {
    return failure;
  }

  /** The times alone. */
  public synchronized Trace trace() {
    return new Trace(headMillis, endMillis, arrivals);
  }

  /** What the service saw of this request. */
  public Optional<Seen> seen() {
    return arrivals().stream().findFirst().flatMap(first -> first.event().seen());
  }

  /** Waits for the end; false after this time. */
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    return await(() -> ending != Ending.OPEN, longest);
  }

  /** Waits for the first event, or an end without one; false after this time. */
  public boolean awaitFirstEvent(Duration longest) throws InterruptedException {
    return await(() -> !arrivals.isEmpty() || ending != Ending.OPEN, longest)
        && !arrivals().isEmpty();
  }

  private synchronized boolean await(BooleanSupplier expected, Duration longest)
      throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!expected.getAsBoolean()) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }

  /** How it ended, for a report. */
  @Override
  public String toString() {
    if (status() == 0) {
      return failure().map(why -> Printable.of(String.valueOf(why.getMessage()))).orElse("open");
    }
    return status() == 200 ? ending().name().toLowerCase(Locale.ROOT) : "status " + status();
  }
}
