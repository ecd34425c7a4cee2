package io.millrace.ai;

import io.millrace.testing.TestRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Events of one run of an agent, as a producer that speaks AG-UI 1.0 writes them. */
record AgUiRun(String conversation, String id) {

  String started() {
    return "{\"type\":\"RUN_STARTED\",\"threadId\":\"%s\",\"runId\":\"%s\"}"
        .formatted(conversation, id);
  }

  String finished() {
    return "{\"type\":\"RUN_FINISHED\",\"threadId\":\"%s\",\"runId\":\"%s\"}"
        .formatted(conversation, id);
  }

  String messageStarted() {
    return "{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m-%s\",\"role\":\"assistant\"}"
        .formatted(id);
  }

  String delta(String text) {
    return "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m-%s\",\"delta\":\"%s\"}"
        .formatted(id, text);
  }

  /** All before its end: its message grows by these texts. */
  List<String> open(List<String> texts) {
    List<String> events = new ArrayList<>(List.of(started(), messageStarted()));
    texts.forEach(text -> events.add(delta(text)));
    return events;
  }

  TestRecord record(String event) {
    return TestRecord.of(conversation, event);
  }

  List<TestRecord> records(List<String> events) {
    return events.stream().map(this::record).toList();
  }

  /** The text of its message so far, from the data of frames. */
  static String text(List<String> data) {
    return data.stream().flatMap(AgUiRun::deltaOf).collect(Collectors.joining());
  }

  private static Stream<String> deltaOf(String data) {
    int at = data.indexOf("\"delta\":\"");
    return at < 0 ? Stream.empty() : Stream.of(data.substring(at + 9, data.lastIndexOf('"')));
  }
}
