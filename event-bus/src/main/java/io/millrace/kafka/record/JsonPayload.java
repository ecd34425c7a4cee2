package io.millrace.kafka.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value checked without building it: one pass of a streaming parser. Bytes that are already
 * one line stay as the producer wrote them.
 *
 * @param bytes the value on one line
 * @param runId its top-level {@code runId}, if it has one that is text
 */
record JsonPayload(byte[] bytes, Optional<String> runId) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * @throws MalformedRecordException when it is not exactly one JSON value
   */
  static JsonPayload of(byte[] value) {
    try (JsonParser parser = parser(new String(value, StandardCharsets.UTF_8))) {
      Optional<String> runId = scan(parser);
      return new JsonPayload(isOneLine(value) ? value : compact(value), runId);
    } catch (IOException notJson) {
      throw new MalformedRecordException("value is not JSON");
    }
  }

  /** Reads text, not bytes: the parser's own guess would take UTF-16 or a BOM. */
  static JsonParser parser(String value) throws IOException {
    return JSON.createParser(value);
  }

  private static Optional<String> scan(JsonParser parser) throws IOException {
    require(parser.nextToken() != null, "value is empty");
    String runId = null;
    if (parser.hasToken(JsonToken.START_OBJECT)) {
      runId = scanFields(parser);
    } else {
      parser.skipChildren();
      parser.finishToken();
    }
    require(parser.nextToken() == null, "value goes on after its JSON");
    return Optional.ofNullable(runId);
  }

  private static @Nullable String scanFields(JsonParser parser) throws IOException {
    String runId = null;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      if (name.equals("runId") && parser.hasToken(JsonToken.VALUE_STRING)) {
        runId = parser.getText();
      } else {
        parser.skipChildren();
        parser.finishToken();
      }
    }
    return runId;
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
