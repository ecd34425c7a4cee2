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

  /**
   * The two parts of a CloudEvent in structured mode.
   *
   * @param type its {@code type}; empty when absent
   * @param data its {@code data} as JSON
   */
  record Structured(String type, byte[] data) {}

  /**
   * Takes a structured CloudEvent apart.
   *
   * @throws MalformedRecordException when it is none, or has no data
   */
  static Structured structured(byte[] value) {
    String text = new String(value, StandardCharsets.UTF_8);
    String type = "";
    byte[] data = null;
    try (JsonParser parser = parser(text)) {
      require(parser.nextToken() == JsonToken.START_OBJECT, "CloudEvent is not an object");
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (name.equals("type")) {
          require(parser.hasToken(JsonToken.VALUE_STRING), "type of the CloudEvent is not text");
          type = parser.getText();
        } else if (name.equals("data")) {
          data = compact(json(parser, text));
        } else {
          parser.skipChildren();
        }
      }
      require(parser.nextToken() == null, "value goes on after the CloudEvent");
    } catch (IOException notJson) {
      throw new MalformedRecordException("CloudEvent is not JSON");
    }
    if (data == null) {
      throw new MalformedRecordException("CloudEvent has no data");
    }
    return new Structured(type, data);
  }

  /** The bytes of the current value; leaves the parser at its end. */
  private static byte[] json(JsonParser parser, String text) throws IOException {
    int start = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    parser.finishToken();
    int end = (int) parser.currentLocation().getCharOffset();
    return text.substring(start, end).getBytes(StandardCharsets.UTF_8);
  }

  /** Reads text, not bytes: the parser's own guess would take UTF-16 or a BOM. */
  private static JsonParser parser(String value) throws IOException {
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
  private static byte[] compact(byte[] json) {
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

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new MalformedRecordException(message);
    }
  }
}
