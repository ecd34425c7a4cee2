package io.millrace.kafka.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A CloudEvent in structured mode, taken apart in one pass of a streaming parser: its data stays
 * byte for byte what the producer wrote. Any thread.
 *
 * @param attributes texts of an attribute by its name: one, or those of an array of texts; of an
 *     attribute that has no text form, none
 * @param data its {@code data} as JSON
 */
public record CloudEvent(Map<String, List<String>> attributes, byte[] data) {

  private static final String TYPE = "type";
  private static final String DATA = "data";

  /** Its {@code type}; empty when absent. */
  public String type() {
    return String.join("", attributes.getOrDefault(TYPE, List.of()));
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is none, or has no data
   */
  public static CloudEvent read(byte[] value) {
    try {
      Utf8Text.require("value", value);
      return structured(value);
    } catch (MalformedRecordException malformed) {
      throw new IllegalArgumentException(malformed.getMessage());
    }
  }

  /**
   * @throws MalformedRecordException when it is none, or has no data
   */
  static CloudEvent structured(byte[] value) {
    String text = new String(value, StandardCharsets.UTF_8);
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    byte[] data = null;
    try (JsonParser parser = JsonPayload.parser(text)) {
      JsonPayload.require(
          parser.nextToken() == JsonToken.START_OBJECT, "CloudEvent is not an object");
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken token = parser.nextToken();
        if (name.equals(DATA)) {
          data = JsonPayload.compact(json(parser, text));
        } else if (name.equals(TYPE) && token != JsonToken.VALUE_STRING) {
          throw new MalformedRecordException("type of the CloudEvent is not text");
        } else {
          attributes.put(name, texts(parser));
        }
      }
      JsonPayload.require(parser.nextToken() == null, "value goes on after the CloudEvent");
    } catch (IOException notJson) {
      throw new MalformedRecordException("CloudEvent is not JSON");
    }
    if (data == null) {
      throw new MalformedRecordException("CloudEvent has no data");
    }
    return new CloudEvent(attributes, data);
  }

  /**
   * The events of a batch, each as its JSON.
   *
   * @throws IllegalArgumentException when it is no JSON array
   */
  public static List<byte[]> batch(byte[] value) {
    List<byte[]> events = new ArrayList<>();
    try {
      Utf8Text.require("value", value);
      String text = new String(value, StandardCharsets.UTF_8);
      try (JsonParser parser = JsonPayload.parser(text)) {
        JsonPayload.require(parser.nextToken() == JsonToken.START_ARRAY, "batch is not an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          events.add(json(parser, text));
        }
        JsonPayload.require(parser.nextToken() == null, "value goes on after the batch");
      }
    } catch (MalformedRecordException malformed) {
      throw new IllegalArgumentException(malformed.getMessage());
    } catch (IOException notJson) {
      throw new IllegalArgumentException("batch is not JSON", notJson);
    }
    return events;
  }

  private static List<String> texts(JsonParser parser) throws IOException {
    if (parser.currentToken().isScalarValue()) {
      return parser.hasToken(JsonToken.VALUE_NULL) ? List.of() : List.of(parser.getText());
    }
    boolean isArray = parser.hasToken(JsonToken.START_ARRAY);
    List<String> texts = new ArrayList<>();
    boolean onlyTexts = isArray;
    int depth = 1;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new MalformedRecordException("CloudEvent is not JSON");
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      onlyTexts &= depth == 0 || token == JsonToken.VALUE_STRING;
      if (onlyTexts && depth == 1) {
        texts.add(parser.getText());
      }
    }
    return onlyTexts ? texts : List.of();
  }

  /** The bytes of the current value; leaves the parser at its end. */
  private static byte[] json(JsonParser parser, String text) throws IOException {
    int start = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    parser.finishToken();
    int end = (int) parser.currentLocation().getCharOffset();
    return text.substring(start, end).getBytes(StandardCharsets.UTF_8);
  }
}
