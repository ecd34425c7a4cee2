package io.millrace.cli.publish;

import io.millrace.cli.runtime.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes records and waits until the broker has acknowledged them. Any thread. */
public final class RecordPublisher implements AutoCloseable {

  /** A person waits for the answer: a broker that is away is told within this time. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** What the client needs to learn where a topic is, on a machine that has other things to do. */
  private static final Duration METADATA_PATIENCE = Duration.ofSeconds(15);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private final String bootstrap;
  private final KafkaProducer<String, String> producer;

  private RecordPublisher(String bootstrap, KafkaProducer<String, String> producer) {
    this.bootstrap = bootstrap;
    this.producer = producer;
  }

  /**
   * A publisher to the brokers at these addresses.
   *
   * @param bootstrap one or more {@code host:port}, separated by commas
   * @throws Failure when none of them accepts a connection
   */
  public static RecordPublisher connect(String bootstrap) {
    try {
      requireOneReachable(bootstrap);
      return new RecordPublisher(
          bootstrap,
          new KafkaProducer<>(config(bootstrap), new StringSerializer(), new StringSerializer()));
    } catch (ConfigException e) {
      throw new Failure("bootstrap: " + e.getMessage(), e);
    }
  }

  /** Kafka's own client would try in silence until its timeout, whatever is wrong. */
  private static void requireOneReachable(String bootstrap) {
    IOException last = new ConnectException("no address");
    for (InetSocketAddress address :
        ClientUtils.parseAndValidateAddresses(List.of(bootstrap.split(",")), "use_all_dns_ips")) {
      try (Socket socket = new Socket()) {
        socket.connect(address, (int) CONNECT_TIMEOUT.toMillis());
        return;
      } catch (IOException e) {
        last = e;
      }
    }
    throw new Failure("no Kafka broker answers at " + bootstrap + ": " + last.getMessage(), last);
  }

  private static Map<String, Object> config(String bootstrap) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "millrace-cli");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) METADATA_PATIENCE.toMillis());
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    // Nothing is reported to the broker, and closing does not wait for a last report.
    config.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    config.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    return config;
  }

  /** Learns where this topic is, so that the first record need not wait for it. */
  public void prepare(String topic) {
    try {
      producer.partitionsFor(topic);
    } catch (KafkaException e) {
      throw failure(topic, e);
    }
  }

  /**
   * Publishes one record.
   *
   * @return where it is, once every in-sync replica has it (acks=all)
   * @throws Failure when the topic does not exist or no acknowledgement came in time
   */
  public RecordMetadata publish(OutgoingRecord record) {
    try {
      return producer.send(record.toProducerRecord(Instant.now())).get();
    } catch (ExecutionException e) {
      throw failure(record.topic(), e.getCause() == null ? e : e.getCause());
    } catch (KafkaException e) {
      throw failure(record.topic(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted; the record may or may not have been published", e);
    }
  }

  private Failure failure(String topic, Throwable cause) {
    boolean noMetadata =
        cause instanceof TimeoutException
            && String.valueOf(cause.getMessage()).contains("metadata");
    return noMetadata
        ? new Failure("the broker at " + bootstrap + " does not know the topic " + topic, cause)
        : new Failure("not published to " + topic + ": " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    producer.close(PATIENCE);
  }
}
