package io.millrace.bench.runs;

import io.millrace.bench.contender.BenchTokens;
import io.millrace.bench.contender.KafkaPublisher;
import io.millrace.bench.contender.Replica;
import io.millrace.bench.load.ClientSettings;
import io.millrace.bench.load.LoadClient;
import io.millrace.bench.measure.LoadFigure;
import io.millrace.bench.measure.Meter;
import io.millrace.bench.run.Wait;
import java.io.IOException;
import java.time.Duration;

/** Follows conversations live, one client each, on a replica that knows so many. One thread. */
final class StreamRound implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String FRAMES = "millrace_delivered_frames_total";
  private static final String KNOWN = "millrace_runs_known";
  private static final String TAIL = "millrace_tail_bytes";

  /** Below this many the heap of a run is lost in that of everything else. */
  private static final int WORTH_WEIGHING = 10_000;

  /**
   * What is followed.
   *
   * @param known conversations with a run in progress
   * @param followed the first of them, which go on
   * @param rate tokens a second, of each
   * @param coalesce milliseconds
   */
  record Scene(int known, int followed, double rate, int coalesce) {}

  private final RunsOptions options;
  private final Scene scene;
  private final Replica replica;
  private final LoadClient client;
  private final Talk talk;
  private double runBytes = Double.NaN;

  StreamRound(
      RunsOptions options, Scene scene, int loops, Replica replica, KafkaPublisher publisher) {
    this.options = options;
    this.scene = scene;
    this.replica = replica;
    this.client = new LoadClient(ClientSettings.counting(loops));
    this.talk = new Talk(publisher, scene.followed());
  }

  /** Every run begins, and the clients come. */
  void begin() throws IOException, InterruptedException {
    boolean weighs = scene.known() >= WORTH_WEIGHING;
    double before = weighs ? heapBesideTheTail() : 0;
    talk.begin(scene.known());
    Wait.until(() -> metric(KNOWN) >= scene.known(), LIMIT, "knowledge of every run");
    if (weighs) {
      runBytes = (heapBesideTheTail() - before) / scene.known();
    }
    client.open(replica.target(this::query), scene.followed(), LIMIT);
    replica.process().awaitQuiet(LIMIT);
    talk.paced(scene.rate(), options.warmup);
    drain();
  }

  private double heapBesideTheTail() throws IOException, InterruptedException {
    return replica.liveHeapBytes() - metric(TAIL);
  }

  private String query(int number) {
    return "?from=live&conversationId="
        + BenchTokens.conversation(number)
        + "&coalesce="
        + scene.coalesce();
  }

  StreamFigures measure() throws InterruptedException {
    double frames = metric(FRAMES);
    long said = talk.said();
    Meter meter = Meter.start(replica.process(), client);
    talk.paced(scene.rate(), options.time);
    drain();
    LoadFigure load = meter.stop();
    return new StreamFigures(
        load,
        talk.said() - said,
        metric(FRAMES) - frames,
        runBytes,
        client.check(number -> talk.saidIn(number)));
  }

  /** Gives up silently: the check tells what is missing. */
  private void drain() throws InterruptedException {
    Wait.within(() -> client.delivered() >= talk.said(), LIMIT);
  }

  private double metric(String name) {
    try {
      return replica.metric(name);
    } catch (IOException e) {
      throw new IllegalStateException("the service's metrics are out of reach", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for metrics", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
