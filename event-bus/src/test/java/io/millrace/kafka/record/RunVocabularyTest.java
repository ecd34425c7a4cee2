package io.millrace.kafka.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.Addressing;
import io.millrace.event.Event;
import io.millrace.event.Part.Delta;
import io.millrace.event.Part.Kind;
import io.millrace.event.Route;
import io.millrace.run.RunIndex;
import io.millrace.telemetry.Meters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a record says of a run. */
class RunVocabularyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"RUN_STARTED\",\"runId\":\"r\"}                              |START         "
            + " |r",
        "{\"type\":\"RUN_FINISHED\",\"runId\":\"r\",\"subagentRunId\":\"s\"}     |END           "
            + " |r",
        "{\"type\":\"RUN_ERROR\",\"message\":\"no\"}                             |END           "
            + " |''",
        "{\"type\":\"SUBAGENT_STARTED\",\"subagentRunId\":\"s\"}                 |START_NESTED  "
            + " |s",
        "{\"type\":\"SUBAGENT_ERROR\",\"subagentRunId\":\"s\",\"runId\":\"r\"}   |END           "
            + " |s",
        "{\"type\":\"STEP_STARTED\",\"stepName\":\"x\"}                          |MEMBER        "
            + " |''",
        "{\"type\":\"STATE_DELTA\",\"delta\":[]}                                 |MEMBER        "
            + " |''",
        "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"x\"} |DELTA         "
            + " |''",
        "{\"type\":\"TOOL_CALL_CHUNK\",\"delta\":\"x\",\"runId\":\"r\"}          |DELTA         "
            + " |r",
        "{\"type\":\"TOOL_CALL_CHUNK\",\"toolCallName\":\"x\"}                   |MEMBER        "
            + " |''",
        "{\"type\":\"TOOL_CALL_CHUNK\",\"delta\":{}}                            "
            + " |MALFORMED_DELTA|''",
        "{\"type\":\"TOOL_CALL_ARGS\",\"toolCallId\":7,\"delta\":\"x\"}         "
            + " |MALFORMED_DELTA|''",
        "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":null} "
            + " |MALFORMED_DELTA|''",
        "{\"type\":\"OTHER\",\"runId\":\"r\",\"delta\":\"x\"}                    |MEMBER        "
            + " |r",
        "{\"type\":\"OTHER\",\"delta\":\"x\"}                                    |NONE          "
            + " |''",
        "{\"type\":7,\"runId\":\"\"}                                             |NONE          "
            + " |''",
        "[\"RUN_STARTED\"]                                                       |NONE          "
            + " |''"
      })
  void isReadFromThePayload(String value, Kind kind, String run) {
    Event event = AgUiRecords.event(0, "c", value);

    assertEquals(kind, event.part().kind());
    assertEquals(run, event.part().run());
  }

  @Test
  void saysWhereTheTextOfADeltaStandsInBytes() {
    Event event =
        AgUiRecords.event(
            0,
            "c",
            "{\"type\":\"TOOL_CALL_ARGS\",\"toolCallId\":\"é😀\",\n"
                + "\"delta\":\"ö\\\"\",\"timestamp\":12}");

    Delta delta = event.part().delta();
    byte[] data = event.data();
    assertEquals("ö\\\"", text(data, delta.from(), delta.to()));
    assertEquals("12", text(data, delta.stampFrom(), delta.stampTo()));
  }

  private static String text(byte[] data, int from, int to) {
    return new String(data, from, to - from, StandardCharsets.UTF_8);
  }

  @Test
  void countsDeltasThatAreNone() {
    // Given
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Meters meters = new Meters(registry);
    RecordIntake intake =
        new RecordIntake(
            "t",
            new RecordDecoder(new WithRuns(), AgUiRecords.CONFIG),
            new RunIndex(AgUiRecords.CONFIG.runs(), meters),
            meters,
            () -> Instant.EPOCH);
    byte[] value = "{\"type\":\"TOOL_CALL_ARGS\",\"delta\":7}".getBytes(StandardCharsets.UTF_8);

    // When
    List<Event> events =
        intake.events(List.of(new ConsumerRecord<>("t", 0, 0, new byte[] {'c'}, value)));

    // Then
    assertEquals(1, registry.get("millrace.runs.deltas.malformed").counter().count());
    assertEquals("{\"type\":\"TOOL_CALL_ARGS\",\"delta\":7}", events.get(0).text());
  }

  private static final class WithRuns implements Addressing {
    @Override
    public Set<Route> routes(Address address) {
      return Set.of(new Route.Conversation(address.key()));
    }

    @Override
    public boolean hasRuns() {
      return true;
    }
  }

  @Test
  void letsATailStartAsFarBackAsRunsAreToBeKnown() {
    RecordDecoder runs = new RecordDecoder(new WithRuns(), AgUiRecords.CONFIG);
    RecordDecoder none = new RecordDecoder(address -> Set.of(), AgUiRecords.CONFIG);

    assertEquals(Duration.ofMinutes(15), runs.warmStart(AgUiRecords.CONFIG));
    assertEquals(Duration.ofMinutes(5), none.warmStart(AgUiRecords.CONFIG));
  }
}
