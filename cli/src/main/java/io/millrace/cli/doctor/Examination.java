package io.millrace.cli.doctor;

import io.millrace.cli.doctor.check.Admission;
import io.millrace.cli.doctor.check.Chain;
import io.millrace.cli.doctor.check.Compression;
import io.millrace.cli.doctor.check.Connections;
import io.millrace.cli.doctor.check.Cuts;
import io.millrace.cli.doctor.check.Plan;
import io.millrace.cli.doctor.check.Requests;
import io.millrace.cli.doctor.check.SharedStream;
import io.millrace.cli.doctor.check.Sizes;
import io.millrace.cli.doctor.check.Timing;
import io.millrace.cli.doctor.finding.Examined;
import io.millrace.cli.doctor.finding.Obstructed;
import io.millrace.cli.doctor.probe.Probe;
import io.millrace.cli.doctor.probe.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** All checks at one address, side by side where they do not disturb one another. */
final class Examination {

  private static final int STRANDS = 3;

  private final Probe probe;
  private final List<Plan> plans;
  private final Consumer<String> progress;

  /**
   * @param plans the first for the checks, further ones for what takes long
   */
  Examination(Probe probe, List<Plan> plans, Consumer<String> progress) {
    this.probe = probe;
    this.plans = plans;
    this.progress = progress;
  }

  /** What came of it, with the first response. */
  record Course(Recording entry, Examined examined) {}

  /**
   * @throws Obstructed when there is nothing to examine
   */
  Course examine() throws Obstructed, InterruptedException {
    Plan plan = plans.get(0);
    progress.accept("opens a stream at " + probe.uri());
    Recording entry = probe.open(Chain.entryRequest(probe, plan));
    Admission.await(probe, entry);
    if (entry.isEncoded()) {
      entry.leave();
      return new Course(entry, Examined.found(Compression.unasked(entry)));
    }
    Chain chain = Chain.measured(probe, plan, entry);
    progress.accept(plan.holdStreams() + " streams at once");
    Connections connections = new Connections();
    List<Examined> results = new ArrayList<>();
    results.add(connections.examine(chain));
    entry.leave();
    progress.accept(
        "buffers, delays, compression, caches, headers; and %d s for cuts"
            .formatted(plan.totalSeconds()));
    results.addAll(together(chain));
    results.add(connections.departures(chain));
    for (Plan deep : plans.subList(1, plans.size())) {
      progress.accept(
          "%d bytes, then silences of up to %d s"
              .formatted(deep.bytes(), deep.longestIdleSeconds()));
      results.add(new Sizes().examine(chain.with(deep)));
      results.add(new Cuts().examine(chain.with(deep)));
    }
    return new Course(entry, Examined.all(results).withoutTimingsOfOthers());
  }

  /** The strands wait far more than they work. */
  private static List<Examined> together(Chain chain) throws InterruptedException {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            STRANDS,
            task -> {
              Thread thread = new Thread(task, "doctor");
              thread.setDaemon(true);
              return thread;
            });
    List<Callable<Examined>> strands =
        List.of(
            () -> new Cuts().examine(chain),
            () -> new SharedStream().examine(chain).and(new Requests().examine(chain)),
            () ->
                Examined.all(
                    List.of(
                        new Timing().twice().examine(chain),
                        new Compression().twice().examine(chain),
                        new Sizes().examine(chain))));
    try {
      List<Examined> results = new ArrayList<>();
      for (Future<Examined> each : threads.invokeAll(strands)) {
        results.add(each.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a check failed", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
