package io.millrace.cli.conformance.deployment;

import io.millrace.cli.publish.JsonText;
import io.millrace.cli.publish.OutgoingRecord;
import io.millrace.cli.publish.RecordPublisher;
import java.util.List;
import java.util.Optional;

/** Writes to the topic behind the deployment, as its producers do. */
public final class KafkaPublisher implements Publisher {

  private final RecordPublisher publisher;
  private final String topic;

  public KafkaPublisher(String bootstrap, String topic) {
    publisher = RecordPublisher.connect(bootstrap);
    this.topic = topic;
  }

  @Override
  public void publish(String key, String json, Optional<String> type) {
    publisher.publish(new OutgoingRecord(topic, key, new JsonText(json), type, List.of()));
  }

  @Override
  public void close() {
    publisher.close();
  }
}
