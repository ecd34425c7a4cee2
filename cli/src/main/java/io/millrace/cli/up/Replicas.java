package io.millrace.cli.up;

import io.millrace.cli.gateway.ReadyReplicas;
import io.millrace.cli.gateway.Surface;
import io.millrace.cli.runtime.Failure;
import io.millrace.kafka.embedded.LoopbackPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** All replicas of both services: started together, ended together. Any thread. */
final class Replicas implements ReadyReplicas, AutoCloseable {

  /** A cold laptop with eight replicas on two cores; one replica takes some seconds. */
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(120);

  /** With the broker's and the gateway's end, well inside the promised 15 s. */
  private static final Duration TERMINATION = Duration.ofSeconds(8);

  private final Leash leash = Leash.attach();
  private final List<Replica> all = new ArrayList<>();
  private boolean closed;

  /** Starts the processes of each service, on free ports. */
  void start(UpOptions options, ServiceCommand command, Path logs, Report report) {
    for (Surface surface : Surface.values()) {
      for (int number = 1; number <= options.replicas(surface); number++) {
        start(
            new ReplicaAddress(surface, number, LoopbackPort.free(), LoopbackPort.free()),
            command,
            logs,
            report);
      }
    }
  }

  private synchronized void start(
      ReplicaAddress address, ServiceCommand command, Path logs, Report report) {
    if (closed) {
      throw new Failure("stopped while starting");
    }
    Replica replica =
        new Replica(address, command.of(address), logs.resolve(address + ".log"), leash, report);
    all.add(replica);
    Thread watcher = new Thread(replica, address.toString());
    watcher.setDaemon(true);
    watcher.start();
  }

  synchronized List<Replica> all() {
    return List.copyOf(all);
  }

  @Override
  public List<Integer> ports(Surface surface) {
    return all().stream()
        .filter(replica -> replica.isReady() && replica.address().surface() == surface)
        .map(replica -> replica.address().port())
        .toList();
  }

  @Override
  public Optional<String> kill(int port) {
    Optional<Replica> killed =
        all().stream().filter(replica -> replica.address().port() == port).findFirst();
    killed.ifPresent(Replica::kill);
    return killed.map(replica -> replica.address().toString());
  }

  /**
   * Waits until every replica has been ready once.
   *
   * @throws Failure as soon as one of them cannot start
   */
  void awaitReady() {
    CompletableFuture<Void> allReady = new CompletableFuture<>();
    CompletableFuture<?>[] each =
        all().stream().map(Replica::firstReady).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(each).thenRun(() -> allReady.complete(null));
    for (CompletableFuture<?> one : each) {
      one.whenComplete(
          (ready, failure) -> {
            if (failure != null) {
              allReady.completeExceptionally(failure);
            }
          });
    }
    try {
      allReady.orTimeout(READY_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Failure failure ? failure : notReady(e);
    }
  }

  private Failure notReady(CompletionException timeout) {
    List<ReplicaAddress> missing =
        all().stream().filter(replica -> !replica.isReady()).map(Replica::address).toList();
    return new Failure("not ready after " + READY_TIMEOUT.toSeconds() + " s: " + missing, timeout);
  }

  /** Asks all to end, so that they end side by side; those that do not are killed. */
  @Override
  public void close() {
    List<Replica> ending;
    synchronized (this) {
      closed = true;
      ending = all();
    }
    ending.forEach(Replica::terminate);
    long deadline = System.nanoTime() + TERMINATION.toNanos();
    for (Replica replica : ending) {
      replica.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
    leash.close();
  }
}
