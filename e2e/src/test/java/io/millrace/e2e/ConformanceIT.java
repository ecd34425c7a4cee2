package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.kafka.embedded.EmbeddedKafka;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code millrace conformance} against the real services: bare, behind the shipped nginx rule, and
 * behind an nginx without it, which must be found out. The services beat every second.
 */
class ConformanceIT {

  private static final String NOTIFICATIONS = "/api/notifications";
  private static final String AI_EVENTS = "/api/ai/events";
  private static final String ORIGIN = "https://app.example";

  /** What an nginx breaks that has a proxy_pass and nothing else: the rest the service prevents. */
  private static final String BROKEN_BY_DEFAULTS = "head.accel-buffering";

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static TestIssuer issuer;
  private static ServiceProcess notifications;
  private static ServiceProcess aiEvents;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
    kafka.createTopic("notifications", 3, Map.of());
    kafka.createTopic("ai-events", 3, Map.of());
    issuer = new TestIssuer(folder);
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    environment.put("MILLRACE_HEARTBEAT", "1s");
    environment.put("QUARKUS_HTTP_CORS_ENABLED", "true");
    environment.put("QUARKUS_HTTP_CORS_ORIGINS", ORIGIN);
    notifications = ServiceProcess.start("notifications-service", folder, environment);
    aiEvents = ServiceProcess.start("ai-events-service", folder, environment);
  }

  @AfterAll
  static void stop() {
    aiEvents.close();
    notifications.close();
    kafka.close();
  }

  private static URI bare(String path) {
    return (path.equals(NOTIFICATIONS) ? notifications : aiEvents).uri(path);
  }

  private static NginxRule inFront(NginxRule rule) {
    return rule.notifications(notifications.port()).aiEvents(aiEvents.port());
  }

  /** A location with a proxy_pass and these lines. */
  private static NginxRule proxyPassWith(String lines) {
    return inFront(new NginxRule(lines, NginxRule.shipped().server()));
  }

  private static ConformanceRun run(URI uri, String... more) throws Exception {
    List<String> options = new ArrayList<>(List.of("--origin=" + ORIGIN));
    options.addAll(List.of(more));
    String token = issuer.bearer("alice", "c1").substring("Bearer ".length());
    return ConformanceRun.of(uri, token, options.toArray(String[]::new));
  }

  /** With every check but those of POST, which have no need of Kafka. */
  private static ConformanceRun runAll(URI uri, String... more) throws Exception {
    List<String> options = new ArrayList<>(List.of("--kafka=" + kafka.bootstrapServers()));
    options.addAll(List.of(more));
    return run(uri, options.toArray(String[]::new));
  }

  private static String publishToken() {
    return "--publish-token="
        + issuer.bearer("shop", "acme", List.of("publisher")).substring("Bearer ".length());
  }

  private static void assertAllPassed(ConformanceRun run) {
    assertThat(run.failed()).as(run::report).isEmpty();
    assertThat(run.skipped()).as(run::report).allMatch(id -> id.startsWith("post."));
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {NOTIFICATIONS, AI_EVENTS})
  void theServicesKeepTheContract(String path) throws Exception {
    // When
    ConformanceRun run = run(bare(path), "--require-all", publishToken());

    // Then
    assertThat(run.failed()).as(run::report).isEmpty();
    assertThat(run.passed()).as(run::report).hasSize(run.planned());
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {NOTIFICATIONS, AI_EVENTS})
  void theShippedNginxRuleKeepsItInAHostileServer(String path) throws Exception {
    // Given
    try (Nginx nginx = Nginx.hostile(folder, inFront(NginxRule.shipped()))) {

      // When
      ConformanceRun run = runAll(nginx.uri(path));

      // Then
      assertAllPassed(run);
    }
  }

  @Test
  void anNginxWithProxyPassAloneIsFoundOut() throws Exception {
    // Given
    try (Nginx nginx = Nginx.plain(folder, proxyPassWith(""))) {

      // When
      ConformanceRun run = runAll(nginx.uri(NOTIFICATIONS));

      // Then
      assertThat(run.failed()).as(run::report).containsExactly(BROKEN_BY_DEFAULTS);
      assertThat(run.status()).isEqualTo(1);
    }
  }

  static Stream<Arguments> wrongLines() {
    String ignore = "proxy_ignore_headers X-Accel-Buffering Cache-Control;\n";
    String login = "error_page 401 =302 https://login.example/;";
    return Stream.of(
        Arguments.of(ignore, List.of("open.at-once", "live.one-by-one", "heartbeat.in-time")),
        Arguments.of("gzip on;", List.of("head.not-compressed")),
        Arguments.of("proxy_read_timeout 300ms;", List.of("heartbeat.in-time")),
        Arguments.of(
            "proxy_intercept_errors on;\n" + login,
            List.of("head.no-redirect", "auth.no-token", "auth.bad-token", "auth.problem")),
        Arguments.of(
            ignore
                + "proxy_http_version 1.1;\nproxy_cache shared;\nproxy_cache_valid any 1h;\n"
                + "proxy_cache_lock on;",
            List.of("open.side-by-side")));
  }

  @ParameterizedTest
  @MethodSource("wrongLines")
  void aLineThatBreaksStreamsIsFoundOut(String lines, List<String> checks) throws Exception {
    // Given
    List<String> options = new ArrayList<>(List.of("--timeout=3s"));
    checks.forEach(check -> options.add("--check=" + check));
    try (Nginx nginx = Nginx.plain(folder, proxyPassWith(lines))) {

      // When
      ConformanceRun run = runAll(nginx.uri(NOTIFICATIONS), options.toArray(String[]::new));

      // Then
      assertThat(run.failed()).as(run::report).containsExactlyInAnyOrderElementsOf(checks);
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @Test
  void saysWhatItCouldNotSeeWithoutAWayToPublish() throws Exception {
    // When
    ConformanceRun run = run(bare(NOTIFICATIONS));

    // Then
    assertThat(run.failed()).as(run::report).isEmpty();
    assertThat(run.skipped()).contains("live.one-by-one", "resume.exact", "payload.large");
    assertThat(run.report()).contains("# SKIP no way to publish");
    assertThat(run.status()).isZero();
  }

  @Test
  void failsForASkippedCheckWhereAllAreRequired() throws Exception {
    // When
    ConformanceRun run =
        run(bare(NOTIFICATIONS), "--require-all", "--check=resume.exact", "--check=open.retry");

    // Then
    assertThat(run.failed()).containsExactly("resume.exact");
    assertThat(run.passed()).containsExactly("open.retry");
    assertThat(run.report()).contains("message: \"skipped: no way to publish\"");
    assertThat(run.status()).isEqualTo(1);
  }
}
