package io.millrace.e2e.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.e2e.DoctorVisit;
import io.millrace.e2e.Origin;
import io.millrace.e2e.ServiceProcess;
import io.millrace.e2e.TestIssuer;
import io.millrace.e2e.TopicWriter;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What all controllers share: the cluster, the packaged service, and who signs its tokens. */
final class IngressSite implements AutoCloseable {

  /** A controller reads the whole cluster first, on a machine that may be busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** One question may get lost in a controller that changes its configuration. */
  private static final Duration ATTEMPT = Duration.ofSeconds(5);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Path folder;
  private final Kubectl kubectl;
  private final EmbeddedKafka kafka;
  private final TestIssuer issuer;
  private final ServiceProcess service;
  private final List<String> namespaces = new ArrayList<>();

  private IngressSite(
      Path folder,
      Kubectl kubectl,
      EmbeddedKafka kafka,
      TestIssuer issuer,
      ServiceProcess service) {
    this.folder = folder;
    this.kubectl = kubectl;
    this.kafka = kafka;
    this.issuer = issuer;
    this.service = service;
  }

  static IngressSite start(Path folder) throws Exception {
    Kubectl kubectl = new Kubectl(folder);
    EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
    kafka.createTopic("notifications", 2, Map.of());
    TestIssuer issuer = new TestIssuer(folder);
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    environment.put("QUARKUS_HTTP_HOST", Routes.address().getHostAddress());
    ServiceProcess service = ServiceProcess.start("notifications-service", folder, environment);
    return new IngressSite(folder, kubectl, kafka, issuer, service);
  }

  /** Starts a controller, and applies the chart with its preset. */
  RunningRoutes start(Controller controller) throws IOException {
    Path own = Files.createTempDirectory(folder, "controller");
    Controller.Running process = controller.start(kubectl, own);
    Origin origin = new Origin(Routes.address());
    Routes routes =
        apply(
            process.port(),
            controller.preset(),
            new Routes.Backends(service.port(), origin.port()));
    return new RunningRoutes(this, controller, process, routes, origin);
  }

  /** The chart once more, for a controller that runs. */
  Routes apply(Controller.Running process, Controller.Written written) throws IOException {
    return apply(process.port(), written, new Routes.Backends(service.port(), service.port()));
  }

  private Routes apply(int port, Controller.Written written, Routes.Backends backends)
      throws IOException {
    String namespace = kubectl.createNamespace("ingress");
    namespaces.add(namespace);
    return Routes.apply(kubectl, namespace, written, backends, port);
  }

  /** Until the service answers through a route: it has nothing to say without a token. */
  void awaitService(Routes routes) {
    await(routes.host())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(status(routes)).isEqualTo(401));
  }

  /** The timeout is of all of it; one of the request would end with the headers. */
  private static int status(Routes routes) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(routes.uri("/api/notifications"))
            .header("Host", routes.host())
            .build();
    return CLIENT
        .sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .get(ATTEMPT.toSeconds(), TimeUnit.SECONDS)
        .statusCode();
  }

  String token(String user) {
    return issuer.bearer(user).substring("Bearer ".length());
  }

  /** The doctor, to whom the route's host is this machine. */
  DoctorVisit doctor(Routes routes) throws IOException, InterruptedException {
    Path hosts = Files.createTempFile(folder, "hosts", "");
    Files.writeString(hosts, "127.0.0.1 " + routes.host() + "\n127.0.0.1 localhost\n");
    return DoctorVisit.of(
        token("doctor"),
        List.of("-Djdk.net.hosts.file=" + hosts),
        List.of(routes.named("/api/notifications").toString()));
  }

  TopicWriter writer() {
    return new TopicWriter(kafka.bootstrapServers());
  }

  @Override
  public void close() {
    service.close();
    kafka.close();
    for (String namespace : namespaces) {
      try {
        kubectl.deleteNamespace(namespace);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
