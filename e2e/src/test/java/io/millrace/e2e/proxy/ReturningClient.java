package io.millrace.e2e.proxy;

import io.millrace.e2e.SseReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What a browser does: reads a stream, and when it ends comes back with the last id after the
 * reconnection time the server named. Has a thread of its own.
 */
public final class ReturningClient implements AutoCloseable {

  /** An event of the test: its number, whatever blanks follow it, and when it came. */
  public record Received(int number, Instant arrival) {}

  private final Function<String, SseReader> connect;
  private final int scale;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Received> received = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "returning-client");
  private Optional<SseReader> reader = Optional.empty();
  private int taken;
  private int endings;
  private String lastId = "";

  /**
   * @param connect opens a stream, given the last id; empty at first
   * @param scale what the reconnection time is divided by
   */
  public ReturningClient(Function<String, SseReader> connect, int scale) {
    this.connect = connect;
    this.scale = scale;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (closed.getCount() > 0) {
        connect();
        while (isOpen() && !closed.await(5, TimeUnit.MILLISECONDS)) {
          take();
        }
        take();
        if (closed.await(ended().toMillis() / scale, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void connect() {
    reader = Optional.of(connect.apply(lastId));
    taken = 0;
  }

  private synchronized boolean isOpen() {
    return reader.orElseThrow().isOpen();
  }

  private synchronized void take() {
    List<SseReader.Event> events = reader.orElseThrow().events();
    for (; taken < events.size(); taken++) {
      SseReader.Event event = events.get(taken);
      lastId = event.id();
      // Checkpoints and the like have an id too.
      String data = event.data().strip();
      if (data.matches("\\d+")) {
        received.add(new Received(Integer.parseInt(data), event.arrival()));
      }
    }
  }

  /** The time to wait before the next attempt. */
  private synchronized Duration ended() {
    endings++;
    return reader.orElseThrow().lines().stream()
        .map(SseReader.Line::text)
        .filter(line -> line.startsWith("retry: "))
        .map(line -> Duration.ofMillis(Long.parseLong(line.substring(7))))
        .reduce((first, last) -> last)
        .orElse(Duration.ofSeconds(3));
  }

  public synchronized List<Received> received() {
    return List.copyOf(received);
  }

  public synchronized List<Integer> numbers() {
    return received.stream().map(Received::number).toList();
  }

  /** How often its stream ended without its doing. */
  public synchronized int endings() {
    return endings;
  }

  @Override
  public synchronized void close() {
    closed.countDown();
    reader.ifPresent(SseReader::close);
  }
}
