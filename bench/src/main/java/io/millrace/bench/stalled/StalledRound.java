package io.millrace.bench.stalled;

import io.millrace.bench.contender.KafkaPublisher;
import io.millrace.bench.contender.Replica;
import io.millrace.bench.load.ClientSettings;
import io.millrace.bench.load.LoadClient;
import io.millrace.bench.measure.LoadFigure;
import io.millrace.bench.measure.Meter;
import io.millrace.bench.measure.TcpCounters;
import io.millrace.bench.run.Feed;
import io.millrace.bench.run.Wait;
import io.millrace.bench.stream.DeliveryCheck;
import io.millrace.bench.stream.Payload;
import java.io.IOException;
import java.time.Duration;

/** Fills the buffers of those who stall, then measures the others. One thread. */
final class StalledRound implements AutoCloseable {

  private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);
  private static final Duration WAKE_LIMIT = Duration.ofSeconds(60);

  /** Events under way while the buffers are filled. */
  private static final int FILL_IN_FLIGHT = 8;

  /** The least a client's kernel sets aside, so that what waits does so on the server's side. */
  private static final int STALLED_RECEIVE_BUFFER = 4 * 1024;

  private final StalledOptions options;
  private final Replica replica;
  private final LoadClient live;
  private final LoadClient stalled;
  private final Feed feed;

  /** Before this round's server had a connection. */
  private final long kernelBefore = TcpCounters.socketBytes();

  StalledRound(StalledOptions options, int clientLoops, Replica replica, KafkaPublisher publisher) {
    this.options = options;
    this.replica = replica;
    this.live = new LoadClient(ClientSettings.counting(clientLoops));
    this.stalled = new LoadClient(new ClientSettings(1, true, STALLED_RECEIVE_BUFFER));
    this.feed = new Feed(publisher, live, new Payload(options.eventBytes), options.live);
  }

  /**
   * @param stalling how many clients stall: none in the rounds without
   */
  StalledFigures run(int stalling) throws IOException, InterruptedException {
    live.open(replica.target(), options.live, OPEN_LIMIT);
    stalled.open(replica.target().from(options.live), stalling, OPEN_LIMIT);
    feed.paced(options.rate, options.warmup);
    feed.drain(DRAIN_LIMIT);
    stalled.setReading(false);
    feed.fill(options.fillEvents, FILL_IN_FLIGHT, new Payload(options.fillBytes));
    feed.drain(DRAIN_LIMIT);
    LoadFigure load = measured();
    StalledFigures.Memory memory =
        new StalledFigures.Memory(
            replica.liveHeapBytes(),
            replica.process().residentBytes(),
            TcpCounters.socketBytes() - kernelBefore);
    int ended = stalled.endings().size();
    DeliveryCheck woken = woken();
    return new StalledFigures(load, memory, live.check(feed.published()), woken, ended);
  }

  private LoadFigure measured() {
    Meter meter = Meter.start(replica.process(), live);
    feed.paced(options.rate, options.time);
    feed.drain(DRAIN_LIMIT);
    return meter.stop();
  }

  /** They read on, and come back where they were ended: nothing may be gone without a word. */
  private DeliveryCheck woken() throws InterruptedException {
    stalled.setReading(true);
    stalled.failOverTo(replica.target().from(options.live));
    Wait.within(() -> stalled.check(feed.published()).isHonest(), WAKE_LIMIT);
    return stalled.check(feed.published());
  }

  @Override
  public void close() {
    live.close();
    stalled.close();
  }
}
