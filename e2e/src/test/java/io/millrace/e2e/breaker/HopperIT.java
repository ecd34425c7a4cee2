package io.millrace.e2e.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.e2e.TestIssuer;
import io.millrace.e2e.breaker.oracle.Cast;
import io.millrace.e2e.breaker.oracle.Topic.Burst;
import io.millrace.e2e.breaker.oracle.Visit;
import io.millrace.e2e.breaker.oracle.Visit.Frame;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that hop between three replicas while these are killed in turn and events never stop: by
 * their own count they have everything once. What {@link BreakerIT} is in breadth this is in
 * length. See docs/reliability.md.
 */
class HopperIT {

  /** What fits into a build. The long run has 3,600: -Dmillrace.hopper.seconds=3600. */
  private static final int SECONDS = 35;

  private static final int CLIENTS = 3;
  private static final long KILL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long TICK_MILLIS = 100;
  private static final int RECORDS_PER_TICK = 5;

  /** So that a client is at one place for about a second. */
  private static final double HOPS_PER_TICK = 0.1;

  private static final Duration WHOLE_WITHIN = Duration.ofSeconds(60);

  @TempDir static Path folder;

  private final Random random = new Random(1);
  private final Cast cast = new Cast("h", CLIENTS);
  private int kills;

  @Test
  void whoHopsBetweenReplicasThatAreKilledInTurnHasEverythingOnce() throws Exception {
    // Given
    int seconds = Integer.getInteger("millrace.hopper.seconds", SECONDS);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
        Era era = new Era(kafka, new TestIssuer(folder), "hopper", Era.packaged())) {
      List<Client> clients =
          IntStream.range(0, CLIENTS).mapToObj(client -> era.client(cast, client)).toList();
      clients.forEach(this::hop);
      await("all there")
          .atMost(WHOLE_WITHIN)
          .until(() -> clients.stream().allMatch(HopperIT::isReady));

      // When
      hopWhileReplicasDie(era, clients, TimeUnit.SECONDS.toNanos(seconds));

      // Then
      era.topic().publishLast(cast.tag());
      era.topic().settle();
      for (Client client : clients) {
        await(client.caller().name())
            .atMost(WHOLE_WITHIN)
            .until(() -> isReady(client) && era.oracle().check(client.lastVisit()) == 0);
        assertHasEverythingOnce(era, client);
      }
      assertThat(era.fault()).isEmpty();
      System.out.println(summary(seconds, clients));
      clients.forEach(Client::close);
    }
  }

  private void hopWhileReplicasDie(Era era, List<Client> clients, long nanos) throws Exception {
    long begin = System.nanoTime();
    for (long tick = 0; System.nanoTime() - begin < nanos; tick++) {
      era.topic().publish(new Burst(tick, RECORDS_PER_TICK), cast);
      if ((System.nanoTime() - begin) / KILL_EVERY_NANOS > kills) {
        era.replica(kills++ % Schedule.REPLICAS).kill();
      }
      for (Client client : clients) {
        if (random.nextDouble() < HOPS_PER_TICK) {
          hop(client);
        }
      }
      TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
    }
  }

  private void hop(Client client) {
    int replica = random.nextInt(Schedule.REPLICAS);
    client.go(new Client.Wish(replica, Optional.empty(), Optional.empty()));
  }

  private static boolean isReady(Client client) {
    List<Visit> visits = client.visits();
    return !visits.isEmpty() && client.lastVisit().isReady() && client.lastVisit().isOpen();
  }

  /** Nothing was missing at any of its visits, each of which began where the one before ended. */
  private static void assertHasEverythingOnce(Era era, Client client) {
    client.visits().forEach(era.oracle()::check);
    assertThat(frames(client)).extracting(Frame::event).doesNotContain("stream.reset");
    assertThat(events(client)).doesNotHaveDuplicates();
  }

  private static List<String> events(Client client) {
    return frames(client).stream().filter(frame -> !frame.isControl()).map(Frame::data).toList();
  }

  private static List<Frame> frames(Client client) {
    return client.visits().stream().flatMap(visit -> visit.frames().stream()).toList();
  }

  private String summary(int seconds, List<Client> clients) {
    List<Visit> visits = clients.stream().flatMap(client -> client.visits().stream()).toList();
    return "hopped for %d s: %d connections of %d clients, %d replicas killed, %d events, each once"
        .formatted(
            seconds,
            visits.size(),
            clients.size(),
            kills,
            clients.stream().mapToInt(client -> events(client).size()).sum());
  }
}
