package io.millrace.cli.up;

import io.millrace.cli.runtime.Backoff;
import io.millrace.cli.runtime.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps one replica running on its port: starts its process, asks whether it is ready, starts it
 * again when it ends.
 *
 * <p>A process that ends before it was ever ready is a failed start and is not repeated. Its own
 * thread runs {@link #run}; any thread may ask.
 */
public final class Replica implements Runnable {

  /** What a change in readiness may go unnoticed; a process that ends is noticed at once. */
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(200);

  private static final Duration FIRST_RESTART = Duration.ofMillis(500);
  private static final Duration LONGEST_RESTART = Duration.ofSeconds(30);

  /** A process that was ready for this long is not one that fails again and again. */
  private static final Duration STABLE = Duration.ofSeconds(30);

  private final ReplicaAddress address;
  private final List<String> command;
  private final Path log;
  private final Leash leash;
  private final Report report;
  private final ReadinessProbe probe = new ReadinessProbe();
  private final Backoff restart = new Backoff(FIRST_RESTART, LONGEST_RESTART);
  private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
  private volatile ReplicaProcess process;
  private volatile boolean ready;
  private long readySince;
  private volatile boolean stopping;

  Replica(ReplicaAddress address, List<String> command, Path log, Leash leash, Report report) {
    this.address = address;
    this.command = command;
    this.log = log;
    this.leash = leash;
    this.report = report;
    this.process = launch();
  }

  public ReplicaAddress address() {
    return address;
  }

  Path log() {
    return log;
  }

  /** Whether the gateway may send it subscribers. */
  public boolean isReady() {
    return ready;
  }

  /** Of the process that runs it now. */
  public long pid() {
    return process.pid();
  }

  /** Done when it has become ready for the first time; a {@link Failure} when it could not. */
  CompletableFuture<Void> firstReady() {
    return firstReady;
  }

  private ReplicaProcess launch() {
    ReplicaProcess started = ReplicaProcess.start(command, log);
    leash.hold(started.pid());
    return started;
  }

  @Override
  public void run() {
    try {
      watch();
      while (firstReady.isDone() && !stopping) {
        Duration wait = restart.next();
        report.ended(address, process.pid(), process.status(), wait);
        Thread.sleep(wait.toMillis());
        startAgain();
        watch();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    firstReady.completeExceptionally(
        new Failure(
            address
                + " could not start (status "
                + (process.isAlive() ? "none" : process.status())
                + "): "
                + LogTail.lastProblem(log)
                + " (log: "
                + log
                + ")"));
  }

  private synchronized void startAgain() {
    if (!stopping) {
      process = launch();
      report.started(address, process.pid());
    }
  }

  /** Follows the readiness of the current process until that ends. */
  private void watch() throws InterruptedException {
    while (!process.endsWithin(PROBE_INTERVAL)) {
      boolean now = probe.isReady(address.managementPort());
      if (now != ready && process.isAlive() && !stopping) {
        ready = now;
        becameReadyOrNot();
      }
    }
    leash.release(process.pid());
    if (ready && System.nanoTime() - readySince > STABLE.toNanos()) {
      restart.reset();
    }
    ready = false;
  }

  private void becameReadyOrNot() {
    if (!ready) {
      report.unready(address, process.pid());
      return;
    }
    readySince = System.nanoTime();
    boolean first = firstReady.complete(null);
    if (!first) {
      report.ready(address, process.pid());
    }
  }

  /** Ends the process at once (SIGKILL); another is started. */
  void kill() {
    process.kill();
  }

  /** Asks the process to end, and starts no other. */
  synchronized void terminate() {
    stopping = true;
    ready = false;
    process.terminate();
  }

  /** Waits this long for the end {@link #terminate} asked for, then forces it. */
  void awaitEnd(Duration patience) {
    try {
      if (!process.endsWithin(patience)) {
        process.kill();
      }
      process.endsWithin(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      process.kill();
      Thread.currentThread().interrupt();
    }
    leash.release(process.pid());
  }
}
