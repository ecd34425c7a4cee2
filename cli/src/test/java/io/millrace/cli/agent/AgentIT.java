package io.millrace.cli.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.cli.publish.RecordPublisher;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class AgentIT {

  @Test
  void publishesARunUnderItsConversationInOrder() {
    // Given
    ScriptedRun.Options options = new ScriptedRun.Options("c7", "r1", 40, 1, OptionalInt.empty());
    ScriptedRun run = ScriptedRun.of(options);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
        RecordPublisher publisher = RecordPublisher.connect(kafka.bootstrapServers())) {
      kafka.createTopic("ai-events", 1, Map.of());

      // When
      new Agent(publisher, List.of("tenant:acme")).publish(run, 0);

      // Then
      List<ConsumerRecord<String, String>> read = read(kafka, run.events().size());
      assertEquals(
          run.events().stream().map(ScriptedRun.Event::json).toList(),
          read.stream().map(ConsumerRecord::value).toList());
      read.forEach(
          found -> {
            assertEquals("c7", found.key());
            assertEquals("r1", header(found, "runid"));
            assertEquals("tenant:acme", header(found, "scope"));
          });
    }
  }

  private static List<ConsumerRecord<String, String>> read(EmbeddedKafka kafka, int count) {
    List<ConsumerRecord<String, String>> read = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition partition = new TopicPartition("ai-events", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (read.size() < count) {
        consumer.poll(Duration.ofMillis(200)).forEach(read::add);
      }
    }
    return read;
  }

  private static String header(ConsumerRecord<?, ?> found, String name) {
    return new String(found.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
