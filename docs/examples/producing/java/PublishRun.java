// Publishes a run of an agent with Kafka's own client.
// java -cp 'kafka-clients.jar:slf4j-api.jar' PublishRun.java HOST:PORT CONVERSATION
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

class PublishRun {

  public static void main(String[] args) throws Exception {
    String conversation = args[1];
    String run = UUID.randomUUID().toString();
    String message = UUID.randomUUID().toString();
    List<String> events =
        List.of(
            "{\"type\":\"RUN_STARTED\",\"threadId\":\"%s\",\"runId\":\"%s\"}".formatted(conversation, run),
            "{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"%s\",\"role\":\"assistant\"}".formatted(message),
            "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"%s\",\"delta\":\"Hello \"}".formatted(message),
            "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"%s\",\"delta\":\"world\"}".formatted(message),
            "{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"%s\"}".formatted(message),
            "{\"type\":\"RUN_FINISHED\",\"threadId\":\"%s\",\"runId\":\"%s\"}".formatted(conversation, run));
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", args[0],
            "acks", "all",
            "enable.idempotence", true); // a retry repeats nothing and changes no order

    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      for (String event : events) {
        // The conversation is the key: all its events go to one partition, so they stay in order.
        ProducerRecord<String, String> record = new ProducerRecord<>("ai-events", conversation, event);
        record.headers().add("runid", run.getBytes());
        producer.send(record).get(); // or a callback: an agent need not wait for each token
      }
    }
  }
}
