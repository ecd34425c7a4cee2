package io.millrace.e2e.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.e2e.Requires;
import io.millrace.e2e.SseReader;
import io.millrace.e2e.TopicWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

/**
 * The chart's presets through the real controllers. Each stream that is to survive three minutes of
 * silence is opened first and looked at last, so that all of them are silent at the same time.
 */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IngressControllersIT {

  private static final Duration SILENCE = Duration.ofMinutes(3);

  private static final List<Controller> ALL =
      List.of(
          new IngressNginx(),
          TraefikController.ingress(),
          TraefikController.ingressNginx(),
          TraefikController.gateway(),
          new ContourController());

  @TempDir static Path folder;
  private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();
  private static final Map<String, RunningRoutes> RUNNING = new TreeMap<>();
  private static final Map<String, RunningRoutes.OpenStream> SILENT = new TreeMap<>();
  private static Instant silentSince = Instant.MAX;
  private static IngressSite site;

  @BeforeAll
  static void start() throws Exception {
    site = IngressSite.start(folder);
    STARTED.push(site);
    for (Controller controller : ALL) {
      if (isInstalled(controller)) {
        RunningRoutes routes = site.start(controller);
        STARTED.push(routes);
        RUNNING.put(controller.name(), routes);
      }
    }
    for (Map.Entry<String, RunningRoutes> each : RUNNING.entrySet()) {
      RunningRoutes.OpenStream stream = each.getValue().openAiEvents();
      STARTED.push(stream.reader());
      SILENT.put(each.getKey(), stream);
    }
    silentSince = Instant.now();
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable each : STARTED) {
      each.close();
    }
  }

  private static boolean isInstalled(Controller controller) {
    try {
      controller.programs().forEach(Requires::program);
      return true;
    } catch (TestAbortedException notInstalled) {
      return false;
    }
  }

  static Stream<Named<Controller>> controllers() {
    return ALL.stream().map(controller -> Named.of(controller.name(), controller));
  }

  static Stream<Arguments> mistakes() {
    return ALL.stream()
        .flatMap(
            controller ->
                controller.mistakes().stream()
                    .map(
                        mistake -> Arguments.of(Named.of(controller.name(), controller), mistake)));
  }

  /** Skipped where its programs are not installed. */
  private static RunningRoutes of(Controller controller) {
    controller.programs().forEach(Requires::program);
    return RUNNING.get(controller.name());
  }

  @ParameterizedTest
  @MethodSource("controllers")
  @Order(1)
  void theDoctorFindsNothingBehindThePreset(Controller controller) throws Exception {
    // Given
    RunningRoutes routes = of(controller);

    // When
    DoctorVisit visit = DoctorVisit.of(routes.routes(), site.token("doctor"), folder);

    // Then
    assertThat(visit.faults()).as(visit.report().toPrettyString()).isEmpty();
    assertThat(visit.status()).as(visit.report().toPrettyString()).isZero();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  @Order(2)
  void withoutThePresetTheDoctorNamesWhatBreaks(Controller controller, Controller.Mistake mistake)
      throws Exception {
    // Given
    RunningRoutes right = of(controller);
    Routes wrong = site.apply(right.process(), mistake.written());
    site.awaitService(wrong);

    // When
    DoctorVisit visit = DoctorVisit.of(wrong, site.token("doctor"), folder);

    // Then
    assertThat(visit.faults()).as(visit.report().toPrettyString()).containsExactly(mistake.fault());
  }

  @ParameterizedTest
  @MethodSource("controllers")
  @Order(3)
  void aClientThatComesBackGoesOnWhereItWas(Controller controller) throws Exception {
    // Given
    RunningRoutes routes = of(controller);
    String user = "resumes-" + routes.process().port();
    try (TopicWriter writer = site.writer();
        SseReader first = routes.openNotifications(site.token(user))) {
      first.awaitLine(": ready");
      writer.publish("notifications", "user:" + user, "{\"n\":1}");
      first.awaitEvents(1);
      first.leave();
      writer.publish("notifications", "user:" + user, "{\"n\":2}");

      // When
      try (SseReader again =
          routes.openNotifications(site.token(user), "Last-Event-ID", first.eventIds().get(0))) {
        again.awaitEvents(1);

        // Then
        assertThat(again.events()).extracting(SseReader.Event::data).containsExactly("{\"n\":2}");
      }
    }
  }

  @Test
  @Order(4)
  void streamsSurviveThreeMinutesOfSilenceAndAChangeOfConfiguration() throws Exception {
    // Given
    Duration left = SILENCE.minus(Duration.between(silentSince, Instant.now()));
    if (!left.isNegative()) {
      await("silence")
          .during(left)
          .atMost(left.plus(SseReader.PATIENCE))
          .failFast(() -> assertThat(ended()).isEmpty())
          .until(() -> true);
    }

    // When: another route of everybody makes each controller write its configuration again
    List<Routes> others = new ArrayList<>();
    for (RunningRoutes each : RUNNING.values()) {
      others.add(site.apply(each.process(), each.of().preset()));
    }
    for (Routes other : others) {
      site.awaitService(other);
    }
    for (RunningRoutes.OpenStream each : SILENT.values()) {
      each.exchange().event(1, 50);
    }

    // Then
    assertThat(SILENT).allSatisfy((name, each) -> each.reader().awaitEvents(1));
    assertThat(ended()).isEmpty();
  }

  private static List<String> ended() {
    return SILENT.entrySet().stream()
        .filter(each -> !each.getValue().reader().isOpen())
        .map(Map.Entry::getKey)
        .toList();
  }
}
