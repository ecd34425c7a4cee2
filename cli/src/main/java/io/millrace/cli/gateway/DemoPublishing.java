package io.millrace.cli.gateway;

import io.millrace.cli.publish.JsonText;
import io.millrace.cli.publish.OutgoingRecord;
import io.millrace.cli.publish.RecordPublisher;
import io.millrace.cli.runtime.Failure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what the demo page sends: {@code {"topic":…,"key":…,"type":…,"data":{…}}}.
 *
 * <p>The data gets {@code sentAt}, this process' clock in milliseconds since 1970 just before it is
 * sent: page and gateway run on one machine, so the page can show how long it was under way. An
 * event of a run has it where AG-UI has it, in {@code timestamp}, so that deltas can be merged.
 * Records are sent one at a time, on a worker thread.
 */
final class DemoPublishing implements AutoCloseable {

  private static final Set<String> TOPICS = Set.of("notifications", "ai-events");

  private final Vertx vertx;
  private final String bootstrapServers;
  private @Nullable RecordPublisher publisher;

  DemoPublishing(Vertx vertx, String bootstrapServers) {
    this.vertx = vertx;
    this.bootstrapServers = bootstrapServers;
  }

  /** Connects to the broker, so that the first record is as fast as the others. */
  void prepare() {
    vertx.executeBlocking(
        () -> {
          TOPICS.forEach(publisher()::prepare);
          return null;
        });
  }

  void publish(HttpServerRequest request, JsonObject body) {
    String topic = body.getString("topic", "");
    String key = body.getString("key", "");
    String type = body.getString("type", "");
    JsonObject data = body.getJsonObject("data");
    if (!TOPICS.contains(topic) || key.isEmpty() || data == null) {
      new Problem(400, "topic, key and data are needed; topic is one of " + TOPICS).answer(request);
      return;
    }
    Future<RecordMetadata> published =
        vertx.executeBlocking(
            () -> {
              String sentAt = topic.equals("ai-events") ? "timestamp" : "sentAt";
              data.put(sentAt, System.currentTimeMillis());
              Optional<String> name = Optional.of(type).filter(given -> !given.isEmpty());
              return publisher()
                  .publish(
                      new OutgoingRecord(topic, key, new JsonText(data.encode()), name, List.of()));
            });
    published.onComplete(
        where ->
            request
                .response()
                .setStatusCode(201)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(
                    new JsonObject()
                        .put("partition", where.partition())
                        .put("offset", where.offset())
                        .encode()),
        failure -> {
          String why = failure instanceof Failure told ? told.getMessage() : failure.toString();
          new Problem(502, String.valueOf(why)).answer(request);
        });
  }

  private synchronized RecordPublisher publisher() {
    RecordPublisher known = publisher;
    if (known == null) {
      known = RecordPublisher.connect(bootstrapServers);
      publisher = known;
    }
    return known;
  }

  @Override
  public synchronized void close() {
    RecordPublisher open = publisher;
    if (open != null) {
      open.close();
    }
  }
}
