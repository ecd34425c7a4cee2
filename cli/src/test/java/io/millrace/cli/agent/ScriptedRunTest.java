package io.millrace.cli.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptedRunTest {

  private static List<JsonObject> eventsOf(int tokens, int tools, OptionalInt failAt) {
    return run(tokens, tools, failAt).events().stream()
        .map(event -> new JsonObject(event.json()))
        .toList();
  }

  private static ScriptedRun run(int tokens, int tools, OptionalInt failAt) {
    return ScriptedRun.of(new ScriptedRun.Options("c1", "r1", tokens, tools, failAt));
  }

  private static List<JsonObject> ofType(String type, List<JsonObject> events) {
    return events.stream().filter(event -> event.getString("type").equals(type)).toList();
  }

  @ParameterizedTest
  @CsvSource({"500, 3", "20000, 0", "5, 9", "0, 0", "1, 1"})
  void hasAsManyTokensAsAskedFor(int tokens, int tools) {
    List<JsonObject> events = eventsOf(tokens, tools, OptionalInt.empty());

    assertEquals(tokens, ofType("TEXT_MESSAGE_CONTENT", events).size());
    assertEquals("RUN_STARTED", events.get(0).getString("type"));
    assertEquals("RUN_FINISHED", events.get(events.size() - 1).getString("type"));
  }

  @Test
  void callsItsToolsBetweenMessages() {
    List<JsonObject> events = eventsOf(500, 3, OptionalInt.empty());

    assertEquals(3, ofType("TOOL_CALL_RESULT", events).size());
    assertEquals(4, ofType("TEXT_MESSAGE_END", events).size());
  }

  @Test
  void givesToolsArgumentsThatAreJsonOncePutTogether() {
    String arguments =
        ofType("TOOL_CALL_ARGS", eventsOf(500, 1, OptionalInt.empty())).stream()
            .map(event -> event.getString("delta"))
            .collect(Collectors.joining());

    assertEquals(Set.of("query", "page"), new JsonObject(arguments).fieldNames());
  }

  @Test
  void tellsTheChecksumOfWhatItSaid() {
    ScriptedRun run = run(300, 2, OptionalInt.empty());
    String said =
        ofType("TEXT_MESSAGE_CONTENT", eventsOf(300, 2, OptionalInt.empty())).stream()
            .map(event -> event.getString("delta"))
            .collect(Collectors.joining());

    JsonObject last = new JsonObject(run.events().get(run.events().size() - 1).json());

    assertEquals(run.text(), said);
    assertEquals(run.checksum(), last.getJsonObject("result").getString("crc32"));
    assertEquals(said.length(), last.getJsonObject("result").getInteger("characters"));
  }

  @Test
  void breaksOffInTheMiddleOfAMessage() {
    List<JsonObject> events = eventsOf(100, 1, OptionalInt.of(30));

    assertEquals(30, ofType("TEXT_MESSAGE_CONTENT", events).size());
    assertEquals(List.of(), ofType("TEXT_MESSAGE_END", events));
    assertEquals("RUN_ERROR", events.get(events.size() - 1).getString("type"));
  }

  @Test
  void endsWhatItBegins() {
    Set<String> open = new HashSet<>();

    for (JsonObject event : eventsOf(200, 4, OptionalInt.empty())) {
      String type = event.getString("type");
      String id = event.getString("messageId") + event.getString("toolCallId");
      if (type.endsWith("_START")) {
        assertTrue(open.add(type.replace("_START", "") + id), type);
      } else if (type.endsWith("_END")) {
        assertTrue(open.remove(type.replace("_END", "") + id), type);
      } else if (type.endsWith("_CONTENT")) {
        assertTrue(open.contains(type.replace("_CONTENT", "") + id), type);
      }
    }

    assertEquals(Set.of(), open);
  }
}
