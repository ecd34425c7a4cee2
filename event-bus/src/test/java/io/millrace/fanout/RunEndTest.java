package io.millrace.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.Event;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.kafka.record.AgUiRecords;
import io.millrace.run.RunIndex;
import io.millrace.telemetry.Meters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stream of a run ends with it, wherever its subscriber stands. */
class RunEndTest {

  private static final Route RUN = new Route.Run("c", "r1");
  private static final Route CHAT = new Route.Conversation("c");

  private final TestReplica replica = TestReplica.of(1);
  private final RecordedStream stream = new RecordedStream();
  private final RunIndex index =
      new RunIndex(AgUiRecords.CONFIG.runs(), new Meters(new SimpleMeterRegistry()));
  private long offset;

  private Event event(String type) {
    String value = "{\"type\":\"" + type + "\",\"runId\":\"r1\"}";
    return index.place(AgUiRecords.event(offset++, "c", value), 0, 0);
  }

  private List<String> events() {
    return stream.received().stream().map(RecordedStream.Received::event).toList();
  }

  private void assertEnded() {
    assertTrue(stream.isEnded());
    List<RecordedStream.Received> received = stream.received();
    RecordedStream.Received last = received.get(received.size() - 1);
    assertEquals("stream.end", last.event());
    assertEquals("{\"reason\":\"run-finished\"}", last.data());
    assertEquals(1, replica.count("millrace.streams.closed"));
  }

  @Test
  void endsALiveStreamBehindIt() {
    replica.subscribe(stream, ResumePoint.Live.INSTANCE, RUN);
    replica.loop.run();

    replica.read(event("RUN_STARTED"), event("RUN_FINISHED"), event("CUSTOM"));
    replica.loop.run();

    assertEnded();
    assertEquals(List.of("", "", "stream.end"), events());
    assertEquals(replica.tail.id(Positions.of(2)), stream.lastId());
  }

  @Test
  void endsAStreamThatCatchesUpBehindIt() {
    replica.read(event("RUN_STARTED"), event("RUN_FINISHED"), event("CUSTOM"));

    replica.subscribe(stream, new ResumePoint.Begin(Map.of(0, 0L)), RUN);
    replica.loop.run();

    assertEnded();
    assertEquals(List.of("", "", "stream.end"), events());
  }

  @Test
  void endsAStreamThatLetsDeltasWait() {
    replica.subscribe(stream, 50, RUN);

    replica.read(event("RUN_STARTED"), event("RUN_FINISHED"));
    replica.loop.run();

    assertEnded();
  }

  @Test
  void endsAStreamThatGotTheEndFromAFasterReplica() {
    replica.read(event("RUN_STARTED"));
    replica.subscribe(stream, new ResumePoint.After(Positions.of(2)), RUN);
    replica.loop.run();
    assertFalse(stream.isEnded());

    replica.read(event("RUN_FINISHED"));
    replica.loop.run();

    assertEnded();
    assertEquals(List.of("stream.end"), events());
  }

  @Test
  void leavesTheStreamOfTheConversationOpen() {
    replica.subscribe(stream, ResumePoint.Live.INSTANCE, CHAT);
    replica.loop.run();

    replica.read(event("RUN_STARTED"), event("RUN_FINISHED"));
    replica.loop.run();

    assertFalse(stream.isEnded());
    assertEquals(2, stream.data().size());
  }

  @Test
  void leavesTheStreamOfTheRunAroundItOpen() {
    replica.subscribe(stream, ResumePoint.Live.INSTANCE, RUN);
    replica.loop.run();
    String child = "{\"type\":\"%s\",\"runId\":\"r2\",\"parentRunId\":\"r1\"}";

    replica.read(
        event("RUN_STARTED"),
        index.place(AgUiRecords.event(offset++, "c", child.formatted("RUN_STARTED")), 0, 0),
        index.place(AgUiRecords.event(offset++, "c", child.formatted("RUN_FINISHED")), 0, 0));
    replica.loop.run();

    assertFalse(stream.isEnded());
    assertEquals(3, stream.data().size());
  }
}
