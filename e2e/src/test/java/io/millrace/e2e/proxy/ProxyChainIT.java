package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Origin;
import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.ServiceProcess;
import io.millrace.e2e.Silence;
import io.millrace.e2e.SseReader;
import io.millrace.e2e.TestIssuer;
import io.millrace.e2e.TopicWriter;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped rules one behind the other, in front of the packaged service. */
class ProxyChainIT {

  private static final String PATH = "/api/notifications";

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static TopicWriter topics;
  private static TestIssuer issuer;
  private static ServiceProcess service;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
    kafka.createTopic("notifications", 2, Map.of());
    topics = new TopicWriter(kafka.bootstrapServers());
    issuer = new TestIssuer(folder);
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    environment.put("MILLRACE_HEARTBEAT", "1s");
    service = ServiceProcess.start("notifications-service", folder, environment);
  }

  @AfterAll
  static void stop() throws Exception {
    service.close();
    topics.close();
    kafka.close();
  }

  static Stream<Named<List<Proxy>>> chains() {
    return Stream.of(
        Named.of("HAProxy, nginx", List.of(Haproxy.debian(), Nginx.debian())),
        Named.of(
            "Worker, nginx, HAProxy", List.of(new Workerd(), Nginx.debian(), Haproxy.debian())));
  }

  @ParameterizedTest
  @MethodSource("chains")
  void everyEventArrivesBeforeTheNextIsSent(List<Proxy> proxies) throws Exception {
    // Given
    String user = "user-of-" + proxies.size();
    try (ProxyChain chain = ProxyChain.start(folder, proxies, service.port());
        SseReader reader = chain.open(PATH, "Authorization", issuer.bearer(user))) {
      reader.awaitLine(": ready");

      // When
      int sent = 0;
      for (int size : List.of(50, 3 << 10, 6 << 10, 64 << 10, 50)) {
        topics.publish("notifications", "user:" + user, size);
        reader.awaitEvents(++sent);
      }

      // Then
      assertThat(reader.eventIds()).doesNotHaveDuplicates().hasSize(sent);
      reader.awaitLine(": hb ");
    }
  }

  @ParameterizedTest
  @MethodSource("chains")
  void aStreamThatOneOfThemBrokeOffIsResumedWithoutALoss(List<Proxy> proxies) throws Exception {
    // Given
    String user = "returning-" + proxies.size();
    String last;
    try (ProxyChain chain = ProxyChain.start(folder, proxies, service.port());
        SseReader reader = chain.open(PATH, "Authorization", issuer.bearer(user))) {
      reader.awaitLine(": ready");
      topics.publish("notifications", "user:" + user, "{\"n\":1}");
      reader.awaitEvents(1);
      last = reader.eventIds().get(0);

      // When: all of them end, and come back after more events
      chain.stop();
      reader.awaitEnding();
    }
    topics.publish("notifications", "user:" + user, "{\"n\":2}");
    try (ProxyChain chain = ProxyChain.start(folder, proxies, service.port());
        SseReader reader =
            chain.open(PATH, "Authorization", issuer.bearer(user), "Last-Event-ID", last)) {
      topics.publish("notifications", "user:" + user, "{\"n\":3}");

      // Then
      reader.awaitEvents(2);
      assertThat(reader.events())
          .extracting(SseReader.Event::data)
          .containsExactly("{\"n\":2}", "{\"n\":3}");
    }
  }

  @ParameterizedTest
  @MethodSource("chains")
  void aClientThatLeavesIsSeenThroughAllOfThem(List<Proxy> proxies) throws Exception {
    // Given
    try (Origin origin = new Origin();
        ProxyChain chain = ProxyChain.start(folder, proxies, origin.port());
        SseReader reader = chain.open(PATH)) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED);
      reader.awaitLine(": ready");

      // When
      reader.leave();

      // Then: with a heartbeat or two
      Silence.until(() -> StreamContract.beatsToNobody(exchange));
    }
  }
}
