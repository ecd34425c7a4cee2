package io.millrace.bench.drain;

import io.millrace.bench.contender.KafkaPublisher;
import io.millrace.bench.contender.Replica;
import io.millrace.bench.load.ClientSettings;
import io.millrace.bench.load.LoadClient;
import io.millrace.bench.run.Feed;
import io.millrace.bench.run.Wait;
import io.millrace.bench.stream.BenchClock;
import io.millrace.bench.stream.Payload;
import java.time.Duration;

/** All clients on one replica, which is then asked to end; they go to the other. One thread. */
final class DrainRound implements AutoCloseable {

  private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(30);

  /** After the window: the last clients wait up to 5 s before they come back. */
  private static final Duration RETURN = Duration.ofSeconds(8);

  private final DrainOptions options;
  private final Replica leaving;
  private final Replica staying;
  private final LoadClient clients;
  private final Feed feed;

  DrainRound(
      DrainOptions options,
      int clientLoops,
      Replica leaving,
      Replica staying,
      KafkaPublisher publisher) {
    this.options = options;
    this.leaving = leaving;
    this.staying = staying;
    this.clients = new LoadClient(ClientSettings.resuming(clientLoops));
    this.feed = new Feed(publisher, clients, new Payload(options.eventBytes), options.clients);
  }

  DrainFigures run() throws InterruptedException {
    clients.open(leaving.target(), options.clients, OPEN_LIMIT);
    feed.paced(options.rate, Duration.ofSeconds(2)); // From here on each has an id.
    feed.drain(SETTLE_LIMIT);
    clients.failOverTo(staying.target());
    long signal = BenchClock.nanos();
    leaving.process().terminate();
    feed.paced(options.rate, options.window.plus(RETURN));
    Wait.within(() -> clients.check(feed.published()).isWhole(), SETTLE_LIMIT);
    double exit = leaving.process().exitNanos(SETTLE_LIMIT).orElse(Double.NaN);
    return new DrainFigures(
        signal,
        (exit - signal) / 1e9,
        clients.endings(),
        options.window.toMillis() / 1e3,
        clients.check(feed.published()));
  }

  @Override
  public void close() {
    clients.close();
  }
}
