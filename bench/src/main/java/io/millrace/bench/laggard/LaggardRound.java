package io.millrace.bench.laggard;

import io.millrace.bench.contender.KafkaPublisher;
import io.millrace.bench.contender.Replica;
import io.millrace.bench.load.ClientSettings;
import io.millrace.bench.load.LoadClient;
import io.millrace.bench.load.Resumption;
import io.millrace.bench.load.StreamTarget;
import io.millrace.bench.measure.LoadFigure;
import io.millrace.bench.measure.Meter;
import io.millrace.bench.run.Feed;
import io.millrace.bench.run.Wait;
import io.millrace.bench.stream.BenchClock;
import io.millrace.bench.stream.DeliveryCheck;
import io.millrace.bench.stream.Payload;
import java.time.Duration;

/**
 * Measures live clients alone, then while one that was away catches up. What it missed is its own,
 * so the live ones get the same in both. One thread.
 */
final class LaggardRound implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration CATCH_UP_LIMIT = Duration.ofMinutes(3);

  private final LaggardOptions options;
  private final Replica replica;
  private final KafkaPublisher publisher;
  private final LoadClient live;
  private final LoadClient laggard = new LoadClient(ClientSettings.resuming(1));
  private final Feed feed;
  private final Payload payload;

  LaggardRound(LaggardOptions options, int clientLoops, Replica replica, KafkaPublisher publisher) {
    this.options = options;
    this.replica = replica;
    this.publisher = publisher;
    this.payload = new Payload(options.eventBytes);
    this.live = new LoadClient(ClientSettings.counting(clientLoops));
    this.feed = new Feed(publisher, live, payload, options.live);
  }

  /** The laggard goes away, and half a million events are published for it. */
  void begin() throws InterruptedException {
    laggard.open(laggardTarget(), 1, LIMIT);
    publisher.publishTo(options.live, payload.event(0, BenchClock.nanos()));
    Wait.until(() -> laggard.delivered() == 1, LIMIT, "the laggard's first event");
    laggard.vanish();
    for (int i = 1; i <= options.behind; i++) {
      publisher.publishTo(options.live, payload.event(i, BenchClock.nanos()));
    }
    publisher.flush();
    live.open(replica.target(), options.live, LIMIT);
    replica.process().awaitQuiet(LIMIT);
    feed.paced(options.rate, options.warmup);
    feed.drain(LIMIT);
  }

  /** It hears what is addressed to itself, and not what is addressed to all. */
  private StreamTarget laggardTarget() {
    return replica.target("?scope=user:person-" + options.live).from(options.live);
  }

  LaggardFigures alone() {
    Meter meter = Meter.start(replica.process(), live);
    feed.paced(options.rate, options.time);
    feed.drain(LIMIT);
    return new LaggardFigures(
        meter.stop(), Double.NaN, live.check(feed.published()), DeliveryCheck.NONE);
  }

  LaggardFigures beside() throws InterruptedException {
    Meter meter = Meter.start(replica.process(), live);
    Resumption resumption = laggard.resume(laggardTarget(), 1, client -> options.behind + 1L);
    feed.pacedWhile(options.rate, CATCH_UP_LIMIT, () -> !resumption.isDone());
    feed.drain(LIMIT);
    LoadFigure load = meter.stop();
    double seconds = resumption.await(CATCH_UP_LIMIT).times().getMaxValue() / 1e9;
    return new LaggardFigures(
        load,
        options.behind / seconds,
        live.check(feed.published()),
        laggard.check(options.behind + 1L));
  }

  @Override
  public void close() {
    live.close();
    laggard.close();
  }
}
