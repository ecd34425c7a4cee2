package io.millrace.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.testing.KafkaResource;
import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reconnect goes on exactly where the last id stands (wire.md §§3, 4). */
public abstract class ResumeContract extends StreamTest {

  private static final int EVENTS = 40;

  protected ResumeContract(Surface surface) {
    super(surface);
  }

  /** Writes events for alice over all partitions and returns them as she heard them. */
  private List<SseFrame> heard(int events) {
    SseClient live = openAs(alice);
    for (int i = 0; i < events; i++) {
      topic()
          .write(
              TestRecord.of(surface.key(alice), "{\"i\":" + i + "}")
                  .partition(i % KafkaResource.PARTITIONS));
    }
    return live.awaitFrames(events);
  }

  private static List<String> data(List<SseFrame> frames) {
    return frames.stream().map(SseFrame::data).toList();
  }

  @Test
  void yieldsTheRestInOrderOnceAfterEachEvent() {
    // Given
    List<SseFrame> heard = heard(EVENTS);

    // When
    List<SseClient> resumed =
        heard.stream().map(frame -> open(requestOf(alice).lastEventId(frame.id()))).toList();
    publish(alice, "\"live\"");

    // Then
    for (int i = 0; i < EVENTS; i++) {
      List<String> rest = new ArrayList<>(data(heard.subList(i + 1, EVENTS)));
      rest.add("\"live\"");
      assertEquals(rest, resumed.get(i).awaitData(EVENTS - i));
    }
  }

  @Test
  void givesReplayedEventsTheirFramesAgain() {
    // Given
    List<SseFrame> heard = heard(5);

    // When
    SseClient resumed = open(requestOf(alice).lastEventId(heard.get(0).id()));

    // Then
    assertEquals(heard.subList(1, 5), resumed.awaitFrames(4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lastEventId", "last_event_id", "lastEventID"})
  void takesTheIdFromTheQuery(String alias) {
    // Given
    List<SseFrame> heard = heard(3);

    // When
    SseClient resumed = open(requestOf(alice).query(alias, heard.get(0).id()));
    publish(alice, "\"live\"");

    // Then
    assertEquals(
        List.of(heard.get(1).data(), heard.get(2).data(), "\"live\""), resumed.awaitData(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lastEventId", "last_event_id", "lastEventID"})
  void letsTheHeaderWinOverTheStaleUrl(String alias) {
    // Given
    List<SseFrame> heard = heard(3);

    // When
    SseClient resumed =
        open(requestOf(alice).query(alias, heard.get(0).id()).lastEventId(heard.get(1).id()));
    publish(alice, "\"live\"");

    // Then
    assertEquals(List.of(heard.get(2).data(), "\"live\""), resumed.awaitData(2));
  }

  @Test
  void takesAnEmptyIdForNone() {
    // Given
    heard(3);

    // When
    SseClient stream = open(requestOf(alice).lastEventId("").query("lastEventId", ""));
    publish(alice, "\"live\"");

    // Then
    assertEquals(List.of("\"live\""), stream.awaitData(1));
  }

  @Test
  void startsLiveWithoutAnId() {
    // Given
    heard(3);

    // When
    SseClient stream = openAs(alice);
    publish(alice, "\"live\"");

    // Then
    assertEquals(List.of("\"live\""), stream.awaitData(1));
  }

  @Test
  void grantsNothingWithTheIdOfAnother() {
    // Given
    List<SseFrame> heard = heard(3);

    // When
    SseClient stream = open(requestOf(bob).lastEventId(heard.get(0).id()));
    publish(bob, "\"for bob\"");

    // Then
    assertEquals(List.of("\"for bob\""), stream.awaitData(1));
  }

  @Test
  void losesAndRepeatsNothingOverManyReconnectsUnderLoad() throws InterruptedException {
    // Given
    int events = 600;
    SseClient first = openAs(alice);
    publish(alice, "-1");
    String last = first.awaitFrame().id();
    Thread producer =
        new Thread(
            () -> {
              for (int i = 0; i < events; i++) {
                publish(alice, Integer.toString(i));
              }
            });
    producer.start();

    // When
    List<String> received = new ArrayList<>();
    while (received.size() < events) {
      try (SseClient stream = requestOf(alice).lastEventId(last).send()) {
        List<SseFrame> frames = stream.awaitFrames(1);
        received.addAll(data(frames));
        last = frames.get(frames.size() - 1).id();
      }
    }
    producer.join();

    // Then
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      expected.add(Integer.toString(i));
    }
    assertEquals(expected, received);
  }
}
