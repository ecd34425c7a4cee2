package io.millrace.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.millrace.testing.KafkaResource;
import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestRecord;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The topic changes under open streams. In this order: each test finds what the last one left. */
@QuarkusTest
@TestProfile(SmallProfile.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TopicChangesIT extends StreamTest {

  private static final String TOPIC = "notifications";

  TopicChangesIT() {
    super(Surface.NOTIFICATIONS);
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", KafkaResource.broker().bootstrapServers()));
  }

  @Test
  @Order(1)
  void newPartitionsAreReadFromTheirFirstRecord() throws Exception {
    // Given
    SseClient stream = openAs(alice);
    publish(alice, "1");
    String before = stream.awaitFrame().id();

    // When
    try (Admin admin = admin()) {
      admin
          .createPartitions(Map.of(TOPIC, NewPartitions.increaseTo(KafkaResource.PARTITIONS + 1)))
          .all()
          .get();
    }
    topic().write(TestRecord.of(surface.key(alice), "2").partition(KafkaResource.PARTITIONS));

    // Then
    assertEquals(List.of("1", "2"), stream.awaitData(2));
    assertEquals(List.of("2"), open(requestOf(alice).lastEventId(before)).awaitData(1));
  }

  @Test
  @Order(2)
  void aTopicMadeAnewResetsEveryStream() throws Exception {
    // Given
    double resets = management().meter("millrace_resets_total", "recreated");
    SseClient hers = openAs(alice);
    SseClient his = openAs(bob);
    publish(alice, "1");
    String old = hers.awaitFrame().id();

    // When
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(TOPIC)).all().get();
    }
    KafkaResource.broker().createTopic(TOPIC, 3, Map.of());
    SseFrame reset = hers.awaitFrames(2).get(1);
    his.awaitFrame();
    publish(alice, "2");

    // Then
    assertEquals("stream.reset", reset.event());
    assertEquals("{\"reason\":\"recreated\",\"topic\":\"notifications\"}", reset.data());
    assertNotEquals(old.split("\\.")[1], reset.id().split("\\.")[1]);
    assertEquals("2", hers.awaitFrames(3).get(2).data());
    assertEquals(resets + 2, management().meter("millrace_resets_total", "recreated"));
    assertEquals("stream.reset", open(requestOf(alice).lastEventId(old)).awaitFrame().event());
    assertEquals(List.of("2"), open(requestOf(alice).lastEventId(reset.id())).awaitData(1));
  }
}
