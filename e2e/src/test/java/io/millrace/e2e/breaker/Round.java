package io.millrace.e2e.breaker;

import io.millrace.e2e.breaker.oracle.Cast;
import io.millrace.e2e.breaker.oracle.Id;
import io.millrace.e2e.breaker.oracle.Oracle.Violation;
import io.millrace.e2e.breaker.oracle.Visit;
import io.millrace.e2e.breaker.oracle.Visit.Frame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One schedule, carried out against an era: its steps, then the time to become whole. */
final class Round implements AutoCloseable {

  /** Everything is back and nothing is published: whoever is not whole by then, hangs. */
  private static final long WHOLE_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(40);

  private static final long BEYOND = 1_000_000;

  private final Era era;
  private final Schedule schedule;
  private final Cast cast;
  private final Random random;
  private final List<Client> clients;
  private final RevokedTokens revoked;
  private final List<Step> done = new ArrayList<>();
  private final Set<Integer> paused = new HashSet<>();
  private final Set<Integer> forgers = new HashSet<>();
  private CompletableFuture<Void> broker = CompletableFuture.completedFuture(null);

  /**
   * @param tag tells this round from every other of its era
   */
  Round(Era era, Schedule schedule, String tag) {
    this.era = era;
    this.schedule = schedule;
    this.cast = new Cast(tag, schedule.clients());
    this.random = new Random(schedule.seed());
    this.revoked = new RevokedTokens(era);
    this.clients =
        IntStream.range(0, schedule.clients()).mapToObj(n -> era.client(cast, n)).toList();
  }

  /**
   * Does it all.
   *
   * @throws Violation when the promise was broken
   */
  void run() throws Exception {
    era.topic().begin();
    try {
      for (Step step : schedule.steps()) {
        done.add(step);
        perform(step);
      }
      becomeWhole();
    } finally {
      broker.join();
      paused.forEach(replica -> era.replica(replica).resume());
    }
  }

  private void perform(Step step) throws Exception {
    if (step instanceof Step.Publish publish) {
      era.topic().publish(publish.burst(), cast);
    } else if (step instanceof Step.Transact transact) {
      broker.join();
      era.topic().transact(transact.burst(), cast, transact.commit());
    } else if (step instanceof Step.Wait wait) {
      TimeUnit.MILLISECONDS.sleep(wait.millis());
    } else if (step instanceof Step.AddPartition) {
      broker.join();
      era.topic().addPartition();
    } else if (step instanceof Step.Retention retention) {
      broker.join();
      era.topic().remove(retention.part());
    } else if (step instanceof Step.RestartBroker restart) {
      broker = CompletableFuture.runAsync(() -> restartBroker(restart.awayMillis()));
    } else if (!performOnReplica(step)) {
      performOnClient(step);
    }
  }

  private void restartBroker(int awayMillis) {
    era.kafka().stop();
    CompletableFuture.runAsync(
            era.kafka()::start,
            CompletableFuture.delayedExecutor(awayMillis, TimeUnit.MILLISECONDS))
        .join();
  }

  private boolean performOnReplica(Step step) {
    if (step instanceof Step.Kill kill) {
      era.replica(kill.replica()).kill();
    } else if (step instanceof Step.Terminate terminate) {
      era.replica(terminate.replica()).terminate();
    } else if (step instanceof Step.Pause pause) {
      paused.add(pause.replica());
      era.replica(pause.replica()).pause();
    } else if (step instanceof Step.Resume resume) {
      paused.remove(resume.replica());
      era.replica(resume.replica()).resume();
    } else {
      return false;
    }
    return true;
  }

  private void performOnClient(Step step) {
    if (step instanceof Step.Hop hop) {
      go(hop.client(), hop.replica(), Optional.empty(), Optional.empty());
    } else if (step instanceof Step.Narrow narrow) {
      List<String> scopes = cast.scopes(narrow.client());
      String scope = scopes.get(narrow.scope() % scopes.size());
      go(narrow.client(), narrow.replica(), Optional.empty(), Optional.of(scope));
    } else if (step instanceof Step.Rewind rewind) {
      List<String> ids = clients.get(rewind.client()).ids();
      int point = (int) Math.round(rewind.point() * (ids.size() - 1));
      Optional<String> id = ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(point));
      go(rewind.client(), rewind.replica(), id, Optional.empty());
    } else if (step instanceof Step.Ancient ancient) {
      List<Long> back =
          era.topic().content().end().stream()
              .map(end -> Math.max(0, end - ancient.records()))
              .toList();
      String id = new Id(era.epoch(), back).text();
      go(ancient.client(), ancient.replica(), Optional.of(id), Optional.empty());
    } else if (step instanceof Step.Forge forge) {
      forgers.add(forge.client());
      go(forge.client(), forge.replica(), Optional.of(forged(forge)), Optional.empty());
    } else if (step instanceof Step.Stall stall) {
      clients.get(stall.client()).stall();
    } else if (step instanceof Step.Read read) {
      clients.get(read.client()).read();
    } else if (step instanceof Step.Vanish vanish) {
      clients.get(vanish.client()).vanish();
    } else if (step instanceof Step.Revoke revoke) {
      revoked.revoke(clients.get(revoke.client()));
    }
  }

  private void go(int client, int replica, Optional<String> id, Optional<String> scope) {
    clients.get(client).go(new Client.Wish(replica, id, scope));
  }

  private String forged(Step.Forge forge) {
    List<Long> end = new ArrayList<>(era.topic().content().end());
    return switch (forge.forgery()) {
      case GARBAGE -> "1.not~a.cursor";
      case FOREIGN -> new Id("zzzzzz", end).text();
      case BEYOND_END -> {
        end.set(0, end.get(0) + BEYOND);
        yield new Id(era.epoch(), end).text();
      }
    };
  }

  /** Everything comes back; some clients stay where they are, the others come anew. */
  private void becomeWhole() throws InterruptedException {
    broker.join();
    paused.forEach(replica -> era.replica(replica).resume());
    paused.clear();
    List<Integer> ready = era.ready();
    for (int client = 0; client < clients.size(); client++) {
      boolean stays = random.nextBoolean() && !forgers.contains(client);
      if (stays && clients.get(client).isThere()) {
        clients.get(client).read();
      } else {
        int replica = ready.get(random.nextInt(ready.size()));
        go(client, replica, Optional.empty(), Optional.empty());
      }
    }
    era.topic().publishLast(cast.tag());
    era.topic().settle();
    long deadline = System.nanoTime() + WHOLE_WITHIN_NANOS;
    List<Client> waiting = new ArrayList<>(clients);
    while (!waiting.isEmpty()) {
      waiting.removeIf(this::isWhole);
      if (System.nanoTime() > deadline) {
        throw new Violation("not whole in time: " + waiting.get(0).caller().name());
      }
      TimeUnit.MILLISECONDS.sleep(waiting.isEmpty() ? 0 : 10);
    }
    clients.forEach(this::checkAll);
    revoked.checkRefusedEverywhere();
    era.fault()
        .ifPresent(
            fault -> {
              throw new Violation(fault);
            });
  }

  private boolean isWhole(Client client) {
    Visit last = client.lastVisit();
    return last.isReady() && last.isOpen() && check(client, last) == 0;
  }

  private void checkAll(Client client) {
    revoked.checkRefusals(client);
    client.visits().forEach(visit -> check(client, visit));
  }

  private int check(Client client, Visit visit) {
    try {
      return era.oracle().check(visit);
    } catch (Violation violation) {
      throw new Violation(client.caller().name() + ": " + violation.getMessage());
    }
  }

  /** What was done and what was seen, by name. */
  Map<String, Long> tally() {
    Stream<String> seen =
        clients.stream()
            .flatMap(client -> client.visits().stream())
            .flatMap(
                visit ->
                    Stream.concat(Stream.of("Visit"), visit.frames().stream().map(Frame::kind)));
    return Stream.concat(done.stream().map(step -> step.getClass().getSimpleName()), seen)
        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
  }

  /** What happened, for somebody who has to find out why. */
  String story() {
    StringBuilder story = new StringBuilder("Steps:\n");
    done.forEach(step -> story.append("  ").append(step).append('\n'));
    for (Client client : clients) {
      story.append("Client ").append(client.caller().name()).append('\n');
      client.visits().forEach(visit -> story.append("  ").append(visit));
    }
    return story.toString();
  }

  @Override
  public void close() {
    clients.forEach(Client::close);
  }
}
