package io.millrace.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.SseClient;
import io.millrace.testing.SseRequest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestToken;
import io.millrace.testing.TopicReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** A POST puts events into the topic as a producer of Kafka would. */
public abstract class PublishContract extends PublishTest {

  protected PublishContract(Surface surface) {
    super(surface);
  }

  @Test
  void writesPlainJsonAsItIs() {
    // Given
    SseClient stream = openAs(alice);
    String body = "{ \"n\": 1e400,\n \"t\":\"é\" }";

    // When
    JsonObject answer = accepted(send(toAlice(JSON), body));

    // Then
    assertEquals(List.of("{\"n\":1e400,\"t\":\"é\"}"), stream.awaitData(1));
    assertTrue(answer.getString("cursor").startsWith("1."), answer.encode());
    assertEquals(1, answer.size());
    ConsumerRecord<byte[], byte[]> record = written(1).get(0);
    assertEquals(body, TopicReader.text(record.value()));
    assertEquals(List.of(), TopicReader.headers(record));
  }

  @Test
  void writesScopesAndRunAsHeaders() {
    // Given
    SseRequest request =
        toAlice("application/json; charset=UTF-8")
            .query("scope", "user:" + alice)
            .query("scope", "tenant:acme")
            .query("runid", "r1");

    // When
    accepted(send(request, "1"));

    // Then
    assertEquals(
        List.of("scope=user:" + alice, "scope=tenant:acme", "runid=r1"),
        TopicReader.headers(written(1).get(0)));
  }

  @Test
  void writesACloudEventInBinaryMode() {
    // Given
    SseClient stream = openAs(alice);
    SseRequest request =
        post("application/vnd.acme+json")
            .header("ce-specversion", "1.0")
            .header("Ce-Id", "e-1")
            .header("ce-source", "/tests")
            .header("ce-type", "order.shipped")
            .header("ce-time", "2026-01-01T12:00:00Z")
            .header("ce-subject", "a%20b+c%E2%82%AC")
            .header("ce-partitionkey", surface.key(alice));

    // When
    accepted(send(request, "{\"n\":1}"));

    // Then
    assertEquals("order.shipped", stream.awaitFrame().event());
    assertEquals("{\"n\":1}", stream.awaitFrame().data());
    ConsumerRecord<byte[], byte[]> record = written(1).get(0);
    assertEquals(
        List.of(
            "ce_id=e-1",
            "ce_source=/tests",
            "ce_specversion=1.0",
            "ce_subject=a b+c€",
            "ce_time=2026-01-01T12:00:00Z",
            "ce_type=order.shipped",
            "content-type=application/vnd.acme+json"),
        TopicReader.headers(record).stream().sorted().toList());
  }

  @Test
  void writesAStructuredCloudEventInBinaryMode() {
    // Given
    SseClient stream = openAs(alice);
    JsonObject event = eventFor(alice, "e-1").put("priority", 7).put("runid", "r1");

    // When
    accepted(send(post(STRUCTURED), event.encode()));

    // Then
    assertEquals("order.shipped", stream.awaitFrame().event());
    ConsumerRecord<byte[], byte[]> record = written(1).get(0);
    assertEquals("{\"n\":\"e-1\"}", TopicReader.text(record.value()));
    assertEquals(
        List.of(
            "ce_specversion=1.0",
            "ce_id=e-1",
            "ce_source=/tests",
            "ce_type=order.shipped",
            "ce_priority=7",
            "content-type=application/json",
            "runid=r1"),
        TopicReader.headers(record));
  }

  @Test
  void answersABatchWithACursorForEachEventToResumeFrom() {
    // Given
    JsonArray batch = new JsonArray();
    IntStream.range(0, 6)
        .forEach(i -> batch.add(eventFor(alice, "e" + i).put("scope", "user:" + alice)));

    // When
    JsonArray cursors = accepted(send(post(BATCH), batch.encode())).getJsonArray("cursors");

    // Then
    assertEquals(6, cursors.size());
    written(6);
    for (int i = 0; i < 6; i++) {
      SseClient resumed = open(narrowRequestOf(alice).lastEventId(cursors.getString(i)));
      publish(alice, "\"last " + i + "\"");
      List<String> expected = new ArrayList<>();
      for (int rest = i + 1; rest < 6; rest++) {
        expected.add("{\"n\":\"e" + rest + "\"}");
      }
      for (int last = 0; last <= i; last++) {
        expected.add("\"last " + last + "\"");
      }
      assertEquals(expected, resumed.awaitData(expected.size()));
      resumed.close();
    }
  }

  @Test
  void resumesWorkOverSeveralKeysInTheOrderOfTheBatch() {
    // Given
    String[] keys =
        IntStream.range(0, 8).mapToObj(i -> surface.key(alice) + i).toArray(String[]::new);
    JsonArray batch = new JsonArray();
    for (String key : keys) {
      batch.add(event(key).put("partitionkey", key).put("scope", "user:" + alice));
    }

    // When
    JsonArray cursors = accepted(send(post(BATCH), batch.encode())).getJsonArray("cursors");

    // Then
    TestToken token = TestToken.of(alice);
    for (int i = 0; i < keys.length; i++) {
      SseClient resumed = open(request().bearer(token).lastEventId(cursors.getString(i)));
      List<String> rest =
          Stream.of(keys).skip(i + 1L).map(key -> "{\"n\":\"" + key + "\"}").sorted().toList();
      if (!rest.isEmpty()) {
        resumed.awaitFrames(rest.size());
      }
      List<String> got =
          resumed.frames().stream().map(f -> f.data()).filter(d -> d.contains(alice)).toList();
      assertEquals(rest, got.stream().sorted().toList());
      resumed.close();
    }
  }

  @Test
  void acceptsAnEmptyBatch() {
    assertEquals("{\"cursors\":[]}", accepted(send(post(BATCH), "[]")).encode());
  }

  @Test
  void takesABodyInChunks() {
    // When
    SseClient answer =
        send(
            toAlice(JSON)
                .header("Transfer-Encoding", "chunked")
                .then("2\r\n{\"\r\n6\r\nn\": 1}\r\n0\r\n\r\n"));

    // Then
    accepted(answer);
    assertEquals("{\"n\": 1}", TopicReader.text(written(1).get(0).value()));
  }
}
