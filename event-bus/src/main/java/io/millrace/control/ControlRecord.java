package io.millrace.control;

import io.millrace.control.ControlKey.Kind;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * A word of an operator or an identity provider: {@code {"action":"revoke","before":…}} or {@code
 * {"action":"end"}}.
 *
 * @param key what it is about
 * @param action what happens to it
 * @param before tokens issued before this time are meant: when the record was written, unless it
 *     says otherwise of a subject or a conversation
 */
public record ControlRecord(ControlKey key, Action action, Instant before) {

  /** What can be asked for. */
  public enum Action {
    /** The tokens, or their grants for the conversation, are void. */
    REVOKE,
    /** Nothing will follow in the conversation. */
    END
  }

  /** The last second ISO 8601 writes with four digits; what is beyond is in milliseconds. */
  private static final long LAST_SECOND = 253_402_300_799L;

  /**
   * @param value JSON
   * @param written when the record was written
   * @throws IllegalArgumentException when it is malformed; the message never repeats the content
   */
  public static ControlRecord parse(ControlKey key, String value, Instant written) {
    JsonObject json = object(value);
    Action action = action(json.getValue("action"));
    if (action == Action.END && key.kind() != Kind.CONVERSATION) {
      throw new IllegalArgumentException("only a conversation can end");
    }
    Object before = json.getValue("before");
    boolean hasTime = before != null && action == Action.REVOKE && key.kind() != Kind.TOKEN;
    return new ControlRecord(key, action, hasTime ? time(before) : written);
  }

  private static JsonObject object(String value) {
    try {
      // Not its constructor, which takes null for an object.
      if (Json.decodeValue(value) instanceof JsonObject object) {
        return object;
      }
    } catch (DecodeException notJson) {
      // Said below.
    }
    throw new IllegalArgumentException("value is not a JSON object");
  }

  private static Action action(Object action) {
    if ("revoke".equals(action)) {
      return Action.REVOKE;
    }
    if ("end".equals(action)) {
      return Action.END;
    }
    throw new IllegalArgumentException("action must be \"revoke\" or \"end\"");
  }

  private static Instant time(Object before) {
    if (before instanceof Number seconds
        && seconds.doubleValue() >= 0
        && seconds.doubleValue() <= LAST_SECOND) {
      return Instant.ofEpochMilli((long) (seconds.doubleValue() * 1000));
    }
    try {
      if (before instanceof String text) {
        Instant time = Instant.parse(text);
        // ISO 8601 has years of nine digits: more milliseconds than a long can count.
        if (time.getEpochSecond() >= 0 && time.getEpochSecond() <= LAST_SECOND) {
          return time;
        }
      }
    } catch (DateTimeParseException notATime) {
      // Said below.
    }
    throw new IllegalArgumentException("before must be epoch seconds or an ISO 8601 time in UTC");
  }
}
