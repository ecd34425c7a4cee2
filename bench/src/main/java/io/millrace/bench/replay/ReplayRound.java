package io.millrace.bench.replay;

import io.millrace.bench.contender.KafkaPublisher;
import io.millrace.bench.contender.Replica;
import io.millrace.bench.load.ClientSettings;
import io.millrace.bench.load.LoadClient;
import io.millrace.bench.load.Resumption;
import io.millrace.bench.measure.CpuSpan;
import io.millrace.bench.run.Wait;
import io.millrace.bench.stream.BenchClock;
import io.millrace.bench.stream.Payload;
import java.io.IOException;
import java.time.Duration;

/**
 * A few clients come, hear a little and go, again and again, until their last ids are spread over
 * the whole topic; then all come back. Every event is for one client. One thread.
 */
final class ReplayRound implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration RETURN_LIMIT = Duration.ofMinutes(5);

  /** Of the server, see its Meters. */
  private static final String SCANS = "millrace_replay_scans_total";

  private final ReplayOptions options;
  private final Replica replica;
  private final KafkaPublisher publisher;
  private final LoadClient clients;
  private final Payload payload;

  /** Events of each client so far: all have as many. */
  private long published;

  ReplayRound(ReplayOptions options, int clientLoops, Replica replica, KafkaPublisher publisher) {
    this.options = options;
    this.replica = replica;
    this.publisher = publisher;
    this.clients = new LoadClient(ClientSettings.resuming(clientLoops));
    this.payload = new Payload(options.eventBytes);
  }

  ReplayFigures run() throws IOException, InterruptedException {
    for (int slice = 0; slice < options.slices; slice++) {
      visit(
          options.clients * (slice + 1) / options.slices
              - options.clients * slice / options.slices);
    }
    publish(options.perSlice()); // So that the last to go are beyond the tail too.
    replica.process().awaitQuiet(LIMIT);
    return comeBack();
  }

  /** So many clients hear a slice, and go. */
  private void visit(int visitors) throws InterruptedException {
    long heard = clients.delivered() + (long) visitors * options.perSlice();
    clients.open(replica.target(), visitors, client -> published, LIMIT);
    publish(options.perSlice());
    Wait.until(() -> clients.delivered() == heard, LIMIT, "a slice");
    clients.vanish();
  }

  private void publish(int events) {
    for (int i = 0; i < events; i++) {
      for (int client = 0; client < options.clients; client++) {
        publisher.publishTo(client, payload.event(published, BenchClock.nanos()));
      }
      published++;
    }
    publisher.flush();
  }

  private ReplayFigures comeBack() throws IOException, InterruptedException {
    double scans = replica.metric(SCANS);
    long heard = clients.delivered();
    CpuSpan span = CpuSpan.start(replica.process());
    Resumption resumption = clients.resume(replica.target(), options.clients, client -> published);
    Resumption.Figure resumed = resumption.await(RETURN_LIMIT);
    CpuSpan.Used cpu = span.stop();
    long missed = clients.delivered() - heard;
    publish(1); // They are live.
    Wait.within(() -> clients.check(published).isWhole(), LIMIT);
    return new ReplayFigures(
        resumed, cpu, missed, replica.metric(SCANS) - scans, clients.check(published));
  }

  @Override
  public void close() {
    clients.close();
  }
}
