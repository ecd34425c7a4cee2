package io.millrace.e2e.matrix;

import io.millrace.e2e.ServiceProcess;
import io.millrace.e2e.TestIssuer;
import io.millrace.e2e.TopicWriter;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged service behind the proxies of one row at a time, so that what it counts is that
 * row's.
 */
final class Replica implements AutoCloseable {

  static final String TOPIC = "notifications";
  static final String PATH = "/api/notifications";

  private static final String HEARTBEAT = "3s";

  private static final Pattern SUBSCRIBERS = meter("millrace_subscribers");
  private static final Pattern HEARTBEATS = meter("millrace_heartbeats_total");

  private static Pattern meter(String name) {
    return Pattern.compile("^" + name + "(?:\\{.*})? (\\S+)$", Pattern.MULTILINE);
  }

  private final ServiceProcess service;
  private final TestIssuer issuer;
  private final TopicWriter topics;

  private Replica(ServiceProcess service, TestIssuer issuer, TopicWriter topics) {
    this.service = service;
    this.issuer = issuer;
    this.topics = topics;
  }

  static Replica start(Path folder, EmbeddedKafka kafka, TestIssuer issuer) throws IOException {
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    environment.put("MILLRACE_HEARTBEAT", HEARTBEAT);
    return new Replica(
        ServiceProcess.start("notifications-service", folder, environment),
        issuer,
        new TopicWriter(kafka.bootstrapServers()));
  }

  int port() {
    return service.port();
  }

  /** The surface without any proxy. */
  String address() {
    return service.uri(PATH).toString();
  }

  String bearer(String user) {
    return issuer.bearer(user);
  }

  /**
   * What it counts.
   *
   * @param subscribers streams it serves
   * @param heartbeats it has sent so far
   */
  record Count(int subscribers, int heartbeats) {}

  /** Both of one moment. */
  Count count() throws IOException, InterruptedException {
    String metrics = service.metrics();
    return new Count(sum(SUBSCRIBERS, metrics), sum(HEARTBEATS, metrics));
  }

  private static int sum(Pattern meter, String metrics) {
    Matcher count = meter.matcher(metrics);
    int sum = 0;
    while (count.find()) {
      sum += (int) Double.parseDouble(count.group(1));
    }
    return sum;
  }

  /** A number as an event of so many bytes at least. */
  void publish(String user, int number, int bytes) throws Exception {
    String text = String.valueOf(number);
    String padded = text + " ".repeat(Math.max(0, bytes - text.length()));
    topics.publish(TOPIC, "user:" + user, padded);
  }

  @Override
  public void close() {
    service.close();
    topics.close();
  }
}
