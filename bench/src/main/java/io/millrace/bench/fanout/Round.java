package io.millrace.bench.fanout;

import io.millrace.bench.contender.Contender;
import io.millrace.bench.contender.RunningContender;
import io.millrace.bench.load.ClientSettings;
import io.millrace.bench.load.LoadClient;
import io.millrace.bench.measure.LoadFigure;
import io.millrace.bench.measure.Meter;
import io.millrace.bench.run.Feed;
import io.millrace.bench.stream.DeliveryCheck;
import io.millrace.bench.stream.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Takes a fresh server through idle streams, warm-up, a paced and two saturated loads. One thread.
 */
final class Round {

  private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(15);

  /** From the first event of a saturated load to the first that counts. */
  private static final Duration RAMP = Duration.ofSeconds(1);

  private final FanoutOptions options;
  private final Consumer<String> narrator;

  Round(FanoutOptions options, Consumer<String> narrator) {
    this.options = options;
    this.narrator = narrator;
  }

  RoundFigures run(Contender contender, Path workDir) throws IOException, InterruptedException {
    try (RunningContender server = contender.start(workDir)) {
      double idle = idleBytesPerStream(server);
      narrator.accept("%,.0f bytes resident per idle stream".formatted(idle));
      try (LoadClient client = new LoadClient(ClientSettings.counting(options.clientLoops))) {
        client.open(server.target(), options.streams, OPEN_LIMIT);
        return underLoad(server, client, idle);
      }
    }
  }

  /** A first wave warms the server up, so that its code and pools are not taken for its streams. */
  private double idleBytesPerStream(RunningContender server)
      throws IOException, InterruptedException {
    try (LoadClient first = new LoadClient(ClientSettings.counting(options.clientLoops))) {
      first.open(server.target(), Math.max(1, options.idleStreams / 10), OPEN_LIMIT);
    }
    server.collector().collect();
    long before = server.process().residentBytes();
    try (LoadClient client = new LoadClient(ClientSettings.counting(options.clientLoops))) {
      client.open(server.target(), options.idleStreams, OPEN_LIMIT);
      server.collector().collect();
      return (double) (server.process().residentBytes() - before) / options.idleStreams;
    }
  }

  private RoundFigures underLoad(RunningContender server, LoadClient client, double idle)
      throws InterruptedException {
    Feed feed =
        new Feed(server.publisher(), client, new Payload(options.eventBytes), options.streams);
    feed.saturated(options.inFlight, options.warmup);
    feed.drain(DRAIN_LIMIT);
    LoadFigure paced = paced(server, client, feed);
    LoadFigure saturated = saturated(server, client, feed, options.inFlight);
    LoadFigure burst = saturated(server, client, feed, options.burst);
    if (server.publisher().failed() > 0) {
      throw new IllegalStateException(server.publisher().failed() + " events were not accepted");
    }
    DeliveryCheck check = client.check(feed.published());
    return new RoundFigures(idle, paced, saturated, burst, check);
  }

  private LoadFigure paced(RunningContender server, LoadClient client, Feed feed) {
    Meter meter = Meter.start(server.process(), client);
    feed.paced(options.rate, options.pacedTime);
    feed.drain(DRAIN_LIMIT);
    LoadFigure figure = meter.stop();
    narrate("paced", figure);
    return figure;
  }

  private LoadFigure saturated(
      RunningContender server, LoadClient client, Feed feed, int inFlight) {
    feed.saturated(inFlight, RAMP);
    Meter meter = Meter.start(server.process(), client);
    feed.saturated(inFlight, options.saturatedTime);
    LoadFigure figure = meter.stop();
    feed.drain(DRAIN_LIMIT);
    narrate("saturated, %d events in flight".formatted(inFlight), figure);
    return figure;
  }

  private void narrate(String load, LoadFigure figure) {
    narrator.accept(
        ("%s: %,.0f deliveries/s, %.2f µs server CPU each, %.2f server cores, %.2f client cores,"
                + " %.2f events per write, p50 %.1f ms, p99 %.1f ms")
            .formatted(
                load,
                figure.deliveriesPerSecond(),
                figure.serverCpuMicrosPerDelivery(),
                figure.serverCores(),
                figure.clientCores(),
                figure.eventsPerWrite(),
                figure.latencyMillis(50),
                figure.latencyMillis(99)));
  }
}
