package io.millrace.kafka.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.event.Part.Delta;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept of the top-level fields of a JSON object while a streaming parser passes them: the
 * texts that say which run an event is of, and where its delta stands. Poll and replay threads.
 */
final class PayloadFields {

  static final String TYPE = "type";
  static final String RUN_ID = "runId";
  static final String PARENT_RUN_ID = "parentRunId";
  static final String SUBAGENT_RUN_ID = "subagentRunId";
  static final String PARENT_SUBAGENT_RUN_ID = "parentSubagentRunId";
  static final String MESSAGE_ID = "messageId";
  static final String TOOL_CALL_ID = "toolCallId";

  private static final String DELTA = "delta";
  private static final String TIMESTAMP = "timestamp";

  private static final Set<String> OF_RUNS =
      Set.of(
          TYPE,
          RUN_ID,
          PARENT_RUN_ID,
          SUBAGENT_RUN_ID,
          PARENT_SUBAGENT_RUN_ID,
          MESSAGE_ID,
          TOOL_CALL_ID);

  /** From and to, in characters. */
  private record Place(int from, int to) {
    static final Place NOWHERE = new Place(0, 0);
  }

  private final boolean runs;
  private final Map<String, String> texts = new HashMap<>(8);
  private Place delta = Place.NOWHERE;
  private Place stamp = Place.NOWHERE;
  private int deltas;
  private int stamps;

  /**
   * @param runs whether the topic has runs; else {@code runId} alone is looked at
   */
  PayloadFields(boolean runs) {
    this.runs = runs;
  }

  /** The current value of the parser belongs to this field; leaves the parser at its end. */
  void take(String name, JsonParser parser) throws IOException {
    if (runs && name.equals(DELTA)) {
      deltas++;
      delta = parser.hasToken(JsonToken.VALUE_STRING) ? textPlace(parser) : skip(parser);
    } else if (runs && name.equals(TIMESTAMP)) {
      stamps++;
      stamp = parser.currentToken().isNumeric() ? place(parser) : skip(parser);
    } else if (isKept(name)) {
      keep(name, parser);
    } else {
      skip(parser);
    }
  }

  private boolean isKept(String name) {
    return runs ? OF_RUNS.contains(name) : name.equals(RUN_ID);
  }

  private void keep(String name, JsonParser parser) throws IOException {
    if (parser.hasToken(JsonToken.VALUE_STRING)) {
      texts.put(name, parser.getText());
    } else {
      texts.remove(name);
      skip(parser);
    }
  }

  private static Place skip(JsonParser parser) throws IOException {
    parser.skipChildren();
    parser.finishToken();
    return Place.NOWHERE;
  }

  /** Between the quotes. */
  private static Place textPlace(JsonParser parser) throws IOException {
    Place quoted = place(parser);
    return new Place(quoted.from() + 1, quoted.to() - 1);
  }

  private static Place place(JsonParser parser) throws IOException {
    int from = (int) parser.currentTokenLocation().getCharOffset();
    parser.finishToken();
    // A number has no end of its own: the parser has looked at what follows.
    int to =
        parser.hasToken(JsonToken.VALUE_STRING)
            ? (int) parser.currentLocation().getCharOffset()
            : from + parser.getTextLength();
    return new Place(from, to);
  }

  /** The text of a field; of one given twice the last, as for every reader of JSON. */
  Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  boolean hasDelta() {
    return deltas > 0;
  }

  /**
   * Where its delta stands; empty where it has none that is text, or two.
   *
   * @param text the JSON
   * @param bytes its length in bytes
   */
  Optional<Delta> delta(String text, int bytes) {
    if (deltas != 1 || delta == Place.NOWHERE) {
      return Optional.empty();
    }
    Place time = stamps == 1 ? stamp : Place.NOWHERE;
    boolean ascii = text.length() == bytes;
    return Optional.of(
        ascii
            ? new Delta(delta.from(), delta.to(), time.from(), time.to())
            : new Delta(
                bytesBefore(text, delta.from()),
                bytesBefore(text, delta.to()),
                bytesBefore(text, time.from()),
                bytesBefore(text, time.to())));
  }

  /** Length in UTF-8 of the characters before this one, which is no low surrogate. */
  private static int bytesBefore(String text, int end) {
    int bytes = 0;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800 || Character.isSurrogate(c)) {
        bytes += 2;
      } else {
        bytes += 3;
      }
    }
    return bytes;
  }
}
