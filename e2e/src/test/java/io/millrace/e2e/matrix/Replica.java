package io.millrace.e2e.matrix;

import io.millrace.e2e.ServiceProcess;
import io.millrace.e2e.TestIssuer;
import io.millrace.e2e.TopicWriter;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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

  /** A client that leaves sooner than this after it came was not noticed by a heartbeat. */
  static final Duration HEARTBEAT = Duration.ofSeconds(4);

  private static final Pattern SUBSCRIBERS =
      Pattern.compile("^millrace_subscribers(?:\\{.*})? (\\S+)$", Pattern.MULTILINE);

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
    environment.put("MILLRACE_HEARTBEAT", HEARTBEAT.toSeconds() + "s");
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

  /** Streams it serves, by its own count. */
  int subscribers() throws IOException, InterruptedException {
    Matcher count = SUBSCRIBERS.matcher(service.metrics());
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
