package io.millrace.e2e.proxy;

import static io.millrace.e2e.proxy.Protocol.HTTP_1_1;
import static io.millrace.e2e.proxy.Protocol.HTTP_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.millrace.e2e.ServiceProcess;
import io.millrace.e2e.TestIssuer;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code millrace doctor} through the real proxies, before the packaged service: of a shipped rule
 * it has nothing to say, and what a line made wrong does it calls by its name. A few at a time: an
 * examination is mostly waiting.
 */
@Execution(ExecutionMode.CONCURRENT)
class DoctorIT {

  private static final String PATH = "/api/notifications";

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static TestIssuer issuer;
  private static ServiceProcess service;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
    kafka.createTopic("notifications", 2, Map.of());
    issuer = new TestIssuer(folder);
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    service = ServiceProcess.start("notifications-service", folder, environment);
  }

  @AfterAll
  static void stop() {
    service.close();
    kafka.close();
  }

  static Stream<Arguments> proxies() {
    Stream<Proxy> both =
        Stream.of(
            Nginx.debian(),
            Nginx.mainline(),
            Haproxy.debian(),
            Haproxy.lts(),
            new Apache(),
            new Nghttpx(),
            Caddy.debian(),
            Caddy.current(),
            new Traefik(),
            new Envoy(),
            new TrafficServer());
    Stream<Proxy> plain = Stream.of(new Lighttpd(), new Varnish(), new Squid(), new Workerd());
    return Stream.concat(
        both.flatMap(
            proxy -> Stream.of(arguments(named(proxy), HTTP_1_1), arguments(named(proxy), HTTP_2))),
        plain.map(proxy -> arguments(named(proxy), HTTP_1_1)));
  }

  private static Named<Proxy> named(Proxy proxy) {
    return Named.of(proxy.program(), proxy);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("proxies")
  void findsNothingBehindAShippedRule(Proxy proxy, Protocol protocol) throws Exception {
    // When
    DoctorRun run = examine(proxy, proxy.shipped(), protocol);

    // Then
    assertThat(run.faults()).as(run.report().toPrettyString()).isEmpty();
    assertThat(run.status()).as(run.report().toPrettyString()).isZero();
  }

  /** lighttpd carries eight streams on one HTTP/2 connection, and the others wait. */
  @Test
  void accusesNobodyOfWhatItCouldNotSee() throws Exception {
    // Given
    Proxy proxy = new Lighttpd();

    // When
    DoctorRun run = examine(proxy, proxy.shipped(), HTTP_2);

    // Then
    assertThat(run.faults()).isEmpty();
    assertThat(run.report().path("notProven")).isNotEmpty();
  }

  static Stream<Arguments> wrongLines() {
    return Stream.of(
        wrong(
            "response-buffering-tail",
            Nginx.debian(),
            rule -> rule.replace("proxy_buffering off;", "proxy_buffering on;")),
        wrong(
            "http10-upstream",
            Nginx.debian(),
            rule -> rule.replace("proxy_http_version 1.1;", "proxy_http_version 1.0;")),
        wrong(
            "idle-cut",
            Nginx.mainline(),
            rule -> rule.replace("proxy_read_timeout 3600s;", "proxy_read_timeout 3s;")),
        wrong("event-delay", Haproxy.debian(), DoctorIT::withoutNoDelay),
        wrong("event-delay", Haproxy.lts(), DoctorIT::withoutNoDelay),
        wrong("response-buffering", new Lighttpd(), rule -> new Lighttpd().defaults()),
        wrong(
            "compression",
            new Apache(),
            rule -> rule.replace(" no-gzip=1 no-brotli=1", " another=1")),
        wrong(
            "idle-cut",
            new Envoy(),
            rule -> rule.replaceAll(2, " idle_timeout: 3600s", " idle_timeout: 3s")),
        wrong("total-cap", new Envoy(), rule -> rule.replaceAll(2, " timeout: 0s", " timeout: 4s")),
        wrong(
            "idle-cut",
            new Nghttpx(),
            rule -> rule.replaceAll(2, ";read-timeout=3600s", ";read-timeout=3s")),
        wrong(
            "idle-cut",
            new TrafficServer(),
            rule ->
                rule.replace(
                    "transaction_no_activity_timeout_out INT 3600",
                    "transaction_no_activity_timeout_out INT 3")),
        wrong(
            "idle-cut",
            Caddy.current(),
            rule -> rule.replace("read_timeout 3600s", "read_timeout 3s")),
        wrong(
            "idle-cut",
            new Squid(),
            rule -> rule.replace("read_timeout 3600 seconds", "read_timeout 3 seconds")),
        wrong(
            "idle-cut", new Varnish(), rule -> rule.replace("pipe_timeout=3600", "pipe_timeout=3")),
        wrong(
            "total-cap",
            new Traefik(),
            rule -> rule.replace("writeTimeout: 0s", "writeTimeout: 4s")));
  }

  private static Arguments wrong(String name, Proxy proxy, UnaryOperator<ProxyRule> mistake) {
    return arguments(named(proxy), mistake, name);
  }

  private static ProxyRule withoutNoDelay(ProxyRule rule) {
    return rule.replaceAll(2, "    option http-no-delay\n", "");
  }

  @ParameterizedTest(name = "{2} at {0}")
  @MethodSource("wrongLines")
  void callsWhatAWrongLineDoesByItsName(Proxy proxy, UnaryOperator<ProxyRule> mistake, String name)
      throws Exception {
    // When
    DoctorRun run = examine(proxy, mistake.apply(proxy.shipped()), HTTP_1_1);

    // Then
    assertThat(run.faults()).as(run.report().toPrettyString()).containsExactly(name);
  }

  private static DoctorRun examine(Proxy proxy, ProxyRule rule, Protocol protocol)
      throws Exception {
    Wiring wiring = Wiring.of(folder, protocol, service.port(), service.port());
    try (ProxyProcess running = ProxyProcess.start(proxy, rule, wiring)) {
      // A user each: the probe has a limit for one.
      String user = "doctor-" + running.port();
      String token = issuer.bearer(user).substring("Bearer ".length());
      return DoctorRun.of(running.uri(PATH), token);
    }
  }
}
