package io.millrace.cli.doctor;

import io.millrace.cli.http.TinyOrigin.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** What stands between the script of a response and its socket, with one ill. One per response. */
final class IllTier {

  static final int BUFFER_BYTES = 4 << 10;
  static final int DELAY_MILLIS = 200;
  static final int IDLE_MILLIS = 1_500;
  static final int TOTAL_MILLIS = 2_500;
  static final int MAX_BYTES = 400_000;

  private final Ill ill;
  private final Exchange exchange;
  private final boolean gzip;
  private final boolean chunked;

  /** One thread: what is written goes out in order, each at its time. */
  private final ScheduledExecutorService wire =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "ill-tier");
            thread.setDaemon(true);
            return thread;
          },
          // What is written after a cut goes nowhere.
          new ScheduledThreadPoolExecutor.DiscardPolicy());

  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
  private final GZIPOutputStream compressor = new GZIPOutputStream(compressed, 512, true);
  private Future<?> idle = CompletableFuture.completedFuture("nothing to cut yet");
  private long sentBytes;
  private boolean over;

  IllTier(Ill ill, Exchange exchange) throws IOException {
    this.ill = ill;
    this.exchange = exchange;
    chunked = exchange.requestLine().endsWith("HTTP/1.1");
    boolean asked = exchange.headers().getOrDefault("accept-encoding", "").contains("gzip");
    boolean compresses = ill == Ill.COMPRESSES || ill == Ill.COMPRESSES_AND_HOLDS;
    gzip = ill == Ill.COMPRESSES_UNASKED || (compresses && asked);
  }

  void head() {
    String encoding = gzip ? "Content-Encoding: gzip\r\n" : "";
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;charset=utf-8\r\n"
            + "Cache-Control: no-cache, no-store, no-transform\r\nMillrace-Heartbeat: 25\r\n"
            + encoding
            + (chunked ? "Transfer-Encoding: chunked\r\n" : "")
            + "Connection: close\r\n\r\n";
    byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
    later(() -> hold(bytes, ill == Ill.HOLDS_EVERYTHING || ill == Ill.HOLDS_THE_HEAD));
    if (ill == Ill.CUTS_LONG_STREAMS) {
      var unused = wire.schedule(this::abort, TOTAL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  void write(byte[] frame) {
    later(() -> passOn(frame));
  }

  private void later(Runnable task) {
    int delay = ill == Ill.DELAYS_EACH_EVENT ? DELAY_MILLIS : 0;
    var unused = wire.schedule(task, delay, TimeUnit.MILLISECONDS);
  }

  private void passOn(byte[] frame) {
    idle.cancel(false);
    if (ill == Ill.CUTS_SILENCE) {
      idle = wire.schedule(this::abort, IDLE_MILLIS, TimeUnit.MILLISECONDS);
    }
    if (gzip) {
      hold(chunk(zipped(frame)), ill == Ill.COMPRESSES_AND_HOLDS);
    } else if (ill == Ill.KEEPS_THE_TAIL && frame.length > BUFFER_BYTES) {
      int full = frame.length / BUFFER_BYTES * BUFFER_BYTES;
      hold(chunk(Arrays.copyOf(frame, full)), false);
      hold(chunk(Arrays.copyOfRange(frame, full, frame.length)), true);
    } else {
      hold(chunk(frame), ill == Ill.HOLDS_EVERYTHING);
    }
  }

  private byte[] zipped(byte[] frame) {
    try {
      compressor.write(frame);
      compressor.flush();
      byte[] bytes = compressed.toByteArray();
      compressed.reset();
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] chunk(byte[] body) {
    if (!chunked) {
      return body;
    }
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    byte[] size = (Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    chunk.writeBytes(size);
    chunk.writeBytes(body);
    chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    return chunk.toByteArray();
  }

  /** Adds to what is held, and sends all of it unless it is to be held on. */
  private void hold(byte[] bytes, boolean on) {
    held.writeBytes(bytes);
    if (on || over) {
      return;
    }
    try {
      exchange.socket().getOutputStream().write(held.toByteArray());
      sentBytes += held.size();
      held.reset();
    } catch (IOException gone) {
      over = true;
    }
    if (ill == Ill.CUTS_LARGE_STREAMS && sentBytes > MAX_BYTES) {
      abort();
    }
  }

  void end() {
    later(
        () -> {
          String last = chunked ? "0\r\n\r\n" : "";
          hold(last.getBytes(StandardCharsets.US_ASCII), false);
          close();
        });
  }

  private void abort() {
    over = true;
    close();
  }

  private void close() {
    try {
      exchange.socket().close();
    } catch (IOException gone) {
      // All the same.
    }
    wire.shutdownNow();
  }
}
