package io.millrace.bench.storm;

import io.millrace.bench.contender.RunningContender;
import io.millrace.bench.load.ClientSettings;
import io.millrace.bench.load.LoadClient;
import io.millrace.bench.load.Resumption;
import io.millrace.bench.measure.CpuSpan;
import io.millrace.bench.measure.TcpCounters;
import io.millrace.bench.run.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Takes a fresh server through its waves. One thread. */
final class StormRound implements AutoCloseable {

  private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);
  private static final Duration WAVE_LIMIT = Duration.ofSeconds(120);
  private static final Duration QUIET_LIMIT = Duration.ofSeconds(20);

  private final StormOptions options;
  private final RunningContender server;
  private final Missed missed;
  private final Runnable beforeWave;
  private final Consumer<String> narrator;
  private final LoadClient clients;

  /** Stays: what it has, the server has. */
  private final LoadClient watcher;

  private long published;

  StormRound(
      StormOptions options,
      int clientLoops,
      RunningContender server,
      Missed missed,
      Runnable beforeWave,
      Consumer<String> narrator) {
    this.options = options;
    this.server = server;
    this.missed = missed;
    this.beforeWave = beforeWave;
    this.narrator = narrator;
    this.clients = new LoadClient(ClientSettings.resuming(clientLoops));
    this.watcher = new LoadClient(ClientSettings.counting(1));
  }

  StormFigures run() throws InterruptedException {
    watcher.open(server.target(), 1, OPEN_LIMIT);
    clients.open(server.target(), options.clients, OPEN_LIMIT);
    publish(1); // From here on each has an id to come back with.
    Wait.until(() -> clients.delivered() == options.clients, WAVE_LIMIT, "the first event");
    List<Wave> closed = new ArrayList<>();
    List<Wave> atOnce = new ArrayList<>();
    for (int i = 0; i < options.warmup + options.waves; i++) {
      closed.add(wave(options.atOnce));
      atOnce.add(wave(options.clients));
    }
    if (server.publisher().failed() > 0) {
      throw new IllegalStateException(server.publisher().failed() + " events were not accepted");
    }
    return new StormFigures(
        closed.get(0),
        closed.subList(options.warmup, closed.size()),
        atOnce.subList(options.warmup, atOnce.size()),
        clients.check(published));
  }

  private Wave wave(int together) throws InterruptedException {
    clients.vanish();
    beforeWave.run();
    publish(options.missed);
    server.process().awaitQuiet(QUIET_LIMIT);
    long overflows = TcpCounters.acceptQueueOverflows();
    CpuSpan span = CpuSpan.start(server.process());
    Resumption resumption = clients.resume(server.target(), together, client -> published);
    Resumption.Figure resumed = resumption.await(WAVE_LIMIT);
    Wave wave = new Wave(resumed, span.stop(), TcpCounters.acceptQueueOverflows() - overflows);
    narrator.accept(
        "%,d at a time: %,.0f/s, p50 %.0f ms, p99 %.0f ms, server CPU %.0f µs each, client %.0f µs"
            .formatted(
                together,
                wave.perSecond(),
                resumed.millis(50),
                resumed.millis(99),
                wave.serverMicrosEach(),
                wave.clientMicrosEach()));
    return wave;
  }

  /** Returns when the server has them in memory. */
  private void publish(int events) throws InterruptedException {
    for (int i = 0; i < events; i++) {
      missed.publish(published++);
    }
    Wait.until(() -> watcher.delivered() >= published, WAVE_LIMIT, "the watcher's events");
  }

  @Override
  public void close() {
    clients.close();
    watcher.close();
  }
}
