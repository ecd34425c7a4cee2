// Asks a model and publishes its answer, token by token, as a run: Quarkus with LangChain4j.
// KAFKA_BOOTSTRAP_SERVERS=HOST:PORT java -jar target/quarkus-app/quarkus-run.jar CONVERSATION QUESTION
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

@QuarkusMain
public class PublishRun implements QuarkusApplication {

  @Inject StreamingChatModel model;

  @Inject
  @Channel("ai-events")
  MutinyEmitter<String> kafka;

  @Override
  public int run(String... args) {
    String conversation = args[0];
    String run = UUID.randomUUID().toString();
    String message = UUID.randomUUID().toString();
    JsonObject started = event("RUN_STARTED").put("threadId", conversation).put("runId", run);
    JsonObject opened = event("TEXT_MESSAGE_START").put("messageId", message).put("role", "assistant");
    JsonObject closed = event("TEXT_MESSAGE_END").put("messageId", message);
    JsonObject finished = event("RUN_FINISHED").put("threadId", conversation).put("runId", run);
    Multi<JsonObject> answer =
        tokens(args[1])
            .map(token -> event("TEXT_MESSAGE_CONTENT").put("messageId", message).put("delta", token));

    Multi.createBy()
        .concatenating()
        .streams(
            Multi.createFrom().items(started, opened), answer, Multi.createFrom().items(closed, finished))
        // A run that fails has an end, too: nobody waits for the rest.
        .onFailure()
        .recoverWithItem(failure -> event("RUN_ERROR").put("message", failure.toString()))
        // Each is acknowledged before the next is sent.
        .onItem()
        .transformToUniAndConcatenate(event -> publish(conversation, run, event))
        .collect()
        .asList()
        .await()
        .indefinitely();
    return 0;
  }

  private Multi<String> tokens(String question) {
    return Multi.createFrom()
        .emitter(
            tokens ->
                model.chat(
                    question,
                    new StreamingChatResponseHandler() {
                      @Override
                      public void onPartialResponse(String token) {
                        tokens.emit(token);
                      }

                      @Override
                      public void onCompleteResponse(ChatResponse whole) {
                        tokens.complete();
                      }

                      @Override
                      public void onError(Throwable failure) {
                        tokens.fail(failure);
                      }
                    }));
  }

  private Uni<Void> publish(String conversation, String run, JsonObject event) {
    // The conversation is the key: all its events go to one partition, so they stay in order.
    OutgoingKafkaRecordMetadata<String> record =
        OutgoingKafkaRecordMetadata.<String>builder()
            .withKey(conversation)
            .withHeaders(new RecordHeaders().add("runid", run.getBytes()))
            .build();
    return kafka.sendMessage(Message.of(event.encode()).addMetadata(record));
  }

  private static JsonObject event(String type) {
    return new JsonObject().put("type", type);
  }
}
