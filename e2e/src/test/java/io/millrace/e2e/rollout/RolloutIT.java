package io.millrace.e2e.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.millrace.e2e.Repository;
import io.millrace.e2e.TestIssuer;
import io.millrace.e2e.cluster.Cluster;
import io.millrace.e2e.cluster.Release;
import io.millrace.e2e.cluster.TestNamespace;
import io.millrace.e2e.ingress.Controller;
import io.millrace.e2e.ingress.IngressNginx;
import io.millrace.e2e.ingress.Kubectl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What operators do to a release, and what happens to it, while 500 listeners hold streams of three
 * pods through a real ingress controller and count what they get. What is measured goes to {@code
 * target/rollout.md}. A node that has no CPU to spare restarts pods beside those of the step.
 */
@Tag("cluster")
class RolloutIT {

  private static final int LISTENERS = 500;
  private static final int WINDOW_SECONDS = 10;
  private static final String PATH = "/api/notifications";

  /** Streams go on for so long after a reload of the controller; then they are cut. */
  private static final int RELOAD_SECONDS = 5;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir static Path folder;
  private static final StringBuilder TABLE = new StringBuilder(Row.HEAD);
  private static Cluster cluster;
  private static TestNamespace namespace;
  private static Release release;
  private static Controller.Running controller;
  private static Departures departures;
  private static Crowd crowd;
  private static Feed feed;

  /**
   * One thing that is done.
   *
   * @param drains whether pods are asked to go, and not taken away
   */
  private record Step(String name, boolean drains, Consumer<Operations> action) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Step> steps() {
    // First, while every pod has streams: later a pod that came last may have none.
    return Stream.of(
        new Step("scaled from 3 to 1 and back", true, Operations::scaleToOneAndBack),
        new Step("rolling update", true, Operations::rollingUpdate),
        new Step("each pod deleted in turn", true, Operations::deleteEachPod),
        new Step("each pod evicted, under the budget", true, Operations::evictEachPod),
        new Step("a pod out of memory, killed", false, Operations::killForMemory),
        new Step("Kafka restarted", false, Operations::restartKafka),
        new Step("the ingress controller reloaded", false, RolloutIT::reloadTheController),
        new Step("a setting changed by `helm upgrade`", true, Operations::changeASetting));
  }

  private static void reloadTheController(Operations operations) {
    operations.reloadTheController();
    await("all streams of before cut")
        .atMost(PATIENCE)
        .until(() -> crowd.journal().unannounced() >= LISTENERS);
  }

  @BeforeAll
  static void install() throws Exception {
    cluster = Cluster.connect();
    namespace = cluster.namespace("rollout");
    controller =
        IngressNginx.of(namespace.name(), RELOAD_SECONDS).start(new Kubectl(folder), folder);
    TestIssuer issuer = new TestIssuer(folder);
    Map<String, Object> values = new HashMap<>(issuer.chartValues());
    values.put("kafka.trial.enabled", true);
    values.put("aiEvents.enabled", false);
    values.put("notifications.replicas", 3);
    values.put("drain.windowSeconds", WINDOW_SECONDS);
    values.put("heartbeatSeconds", 10);
    values.put("minReadySeconds", 2);
    values.put("ingress.enabled", true);
    values.put("ingress.host", "localhost");
    release = Release.install(namespace, values);
    departures = new Departures(namespace, Operations.COMPONENT);
    String surface = "http://localhost:" + controller.port() + PATH;
    List<String> crew = List.of("crew");
    crowd =
        new Crowd(LISTENERS, surface, number -> issuer.bearer("listener-" + number, "acme", crew));
    feed = new Feed(URI.create(surface), issuer.bearer("publisher", "acme", List.of("publisher")));
    crowd.connect();
    await("streams").atMost(PATIENCE).until(() -> crowd.open() == LISTENERS);
    feed.start();
    await("ids").atMost(PATIENCE).until(crowd::knowsWhereItIs);
  }

  @AfterAll
  static void uninstall() throws IOException {
    System.out.println(TABLE);
    Files.writeString(
        Files.createDirectories(Repository.path("e2e/target")).resolve("rollout.md"), TABLE);
    for (AutoCloseable part :
        new AutoCloseable[] {feed, crowd, departures, controller, namespace, cluster}) {
      if (part != null) {
        close(part);
      }
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void nothingIsLostOrRepeatedThrough(Step step) {
    // Given
    crowd.journal().clear();
    departures.clear();
    long start = System.nanoTime();

    // When
    step.action().accept(new Operations(namespace, release));

    // Then
    awaitWhole();
    Row row = row(step, (System.nanoTime() - start) / 1_000_000_000);
    System.out.print(row.line());
    List<BitSet> events = feed.acknowledged();
    assertThat(crowd.repeated()).as("repeated").isZero();
    assertThat(crowd.disordered(events)).as("out of order").isZero();
    assertThat(crowd.journal().trouble())
        .as("answers at which a browser gives up, resets")
        .isEmpty();
    assertThat(replays()).as("reads of what a ready pod should have in memory").isEmpty();
    if (step.drains()) {
      assertThat(row.untold()).as("streams that ended without a word").isZero();
      assertThat(row.told()).as("streams told to go").isPositive();
    }
    TABLE.append(row.line());
  }

  /** Everybody has a stream and all that is in the topic. */
  private static void awaitWhole() {
    await("all listeners whole")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(crowd.open()).as("open streams").isEqualTo(LISTENERS);
              assertThat(crowd.missing(feed.acknowledged())).as("missing deliveries").isZero();
            });
  }

  private static Row row(Step step, long seconds) {
    Journal journal = crowd.journal();
    return new Row(
        step.name(),
        seconds,
        feed.acknowledged().stream().mapToInt(BitSet::cardinality).sum(),
        journal.announced(),
        journal.unannounced(),
        Rush.worst(departures.starts(), WINDOW_SECONDS, journal.announcedReturns()),
        journal.busyAnswers(),
        journal.failedConnections());
  }

  /**
   * Meters of reads of what lies before the tail: a pod that was ready too early would need one.
   */
  private static List<String> replays() {
    return release.pods(Operations.COMPONENT).stream()
        .map(Pod::getMetadata)
        .flatMap(pod -> release.metrics(pod.getName()).lines())
        .filter(line -> line.startsWith("millrace_replay_scans_total"))
        .filter(line -> !line.endsWith(" 0.0"))
        .toList();
  }
}
