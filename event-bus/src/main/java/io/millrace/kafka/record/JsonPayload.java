package io.millrace.kafka.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.event.Part.Delta;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A JSON value checked without building it: one pass of a streaming parser. Bytes that are already
 * one line stay as the producer wrote them.
 *
 * @param text the value on one line
 * @param bytes the same in UTF-8
 * @param fields what was seen of its top-level fields
 */
record JsonPayload(String text, byte[] bytes, PayloadFields fields) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * @param runs whether to look for what says of a run
   * @throws MalformedRecordException when it is not exactly one JSON value
   */
  static JsonPayload of(byte[] value, boolean runs) {
    String text = new String(value, StandardCharsets.UTF_8);
    PayloadFields fields = new PayloadFields(runs);
    try (JsonParser parser = parser(text)) {
      scan(parser, fields);
    } catch (IOException notJson) {
      throw new MalformedRecordException("value is not JSON");
    }
    // Looked at again: its fields stand elsewhere then.
    return isOneLine(value) ? new JsonPayload(text, value, fields) : of(compact(value), runs);
  }

  /** Where the text of its delta stands, if it has one. */
  Optional<Delta> delta() {
    return fields.delta(text, bytes.length);
  }

  /** Its top-level {@code runId}, if it has one that is text. */
  Optional<String> runId() {
    return fields.text(PayloadFields.RUN_ID);
  }

  /** Reads text, not bytes: the parser's own guess would take UTF-16 or a BOM. */
  static JsonParser parser(String value) throws IOException {
    return JSON.createParser(value);
  }

  private static void scan(JsonParser parser, PayloadFields fields) throws IOException {
    require(parser.nextToken() != null, "value is empty");
    if (parser.hasToken(JsonToken.START_OBJECT)) {
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        fields.take(name, parser);
      }
    } else {
      parser.skipChildren();
      parser.finishToken();
    }
    require(parser.nextToken() == null, "value goes on after its JSON");
  }

  /** In valid JSON a raw CR or LF stands between tokens only. */
  private static boolean isOneLine(byte[] value) {
    for (byte b : value) {
      if (b == '\n' || b == '\r') {
        return false;
      }
    }
    return true;
  }

  /** Valid JSON without white space outside its texts; every other byte stays as it was. */
  static byte[] compact(byte[] json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length);
    boolean inText = false;
    boolean escaped = false;
    for (byte b : json) {
      if (inText || b > ' ' || b < 0) {
        out.write(b);
      }
      if (b == '"' && !escaped) {
        inText = !inText;
      }
      escaped = b == '\\' && !escaped;
    }
    return out.toByteArray();
  }

  static void require(boolean condition, String message) {
    if (!condition) {
      throw new MalformedRecordException(message);
    }
  }
}
