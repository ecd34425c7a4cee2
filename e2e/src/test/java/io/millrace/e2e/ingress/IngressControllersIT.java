package io.millrace.e2e.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.fail;

import io.millrace.e2e.Requires;
import io.millrace.e2e.SseReader;
import io.millrace.e2e.TopicWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
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
          IngressNginx.ofTheCluster(),
          TraefikController.ingress(),
          TraefikController.ingressNginx(),
          TraefikController.gateway(),
          new ContourController(),
          new EnvoyGatewayController());

  /** A controller with the chart's routes, and the stream that is silent. */
  private record Ready(RunningRoutes routes, RunningRoutes.OpenStream silent, Instant since) {}

  @TempDir static Path folder;
  private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();
  private static final Map<String, Ready> READY = new HashMap<>();
  private static final Map<String, Throwable> FAILED = new HashMap<>();
  private static IngressSite site;

  /** One that does not start fails its own tests only. */
  @BeforeAll
  static void start() throws Exception {
    site = IngressSite.start(folder);
    STARTED.push(site);
    for (Controller controller : ALL) {
      if (isInstalled(controller)) {
        try {
          READY.put(controller.name(), ready(controller));
        } catch (Exception | AssertionError e) {
          FAILED.put(controller.name(), e);
        }
      }
    }
  }

  private static Ready ready(Controller controller) throws Exception {
    RunningRoutes routes = site.start(controller);
    STARTED.push(routes);
    RunningRoutes.OpenStream silent = routes.openAiEvents();
    STARTED.push(silent.reader());
    return new Ready(routes, silent, Instant.now());
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
  private static Ready of(Controller controller) {
    controller.programs().forEach(Requires::program);
    Ready ready = READY.get(controller.name());
    return ready != null ? ready : fail(FAILED.get(controller.name()));
  }

  @ParameterizedTest
  @MethodSource("controllers")
  @Order(1)
  void theDoctorFindsNothingBehindThePreset(Controller controller) throws Exception {
    // Given
    RunningRoutes routes = of(controller).routes();

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
    RunningRoutes right = of(controller).routes();
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
    RunningRoutes routes = of(controller).routes();
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

  @ParameterizedTest
  @MethodSource("controllers")
  @Order(4)
  void aStreamSurvivesThreeMinutesOfSilenceAndAChangeOfConfiguration(Controller controller)
      throws Exception {
    // Given
    Ready ready = of(controller);
    SseReader reader = ready.silent().reader();
    await("silence")
        .atMost(SILENCE.plus(SseReader.PATIENCE))
        .failFast(() -> assertThat(reader.isOpen()).isTrue())
        .until(() -> Instant.now().isAfter(ready.since().plus(SILENCE)));

    // When: another route makes the controller write its configuration again
    site.awaitService(site.apply(ready.routes().process(), controller.preset()));
    ready.silent().exchange().event(1, 50);

    // Then
    reader.awaitEvents(1);
    assertThat(reader.isOpen()).isTrue();
  }
}
