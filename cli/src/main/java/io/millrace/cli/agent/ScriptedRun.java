package io.millrace.cli.agent;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/**
 * One run of an agent, as AG-UI 1.0 events: it thinks, answers, and calls tools in between.
 *
 * <p>The same options give the same run. Its last event tells how long the text was and its
 * checksum, so that whoever assembled it can tell whether a piece is missing or came twice.
 */
public final class ScriptedRun {

  /**
   * What is asked for.
   *
   * @param conversation the conversation it belongs to (AG-UI's {@code threadId})
   * @param tokens pieces of text, over all messages
   * @param tools tool calls, spread evenly over the text
   * @param failAt the run ends with {@code RUN_ERROR} once so many tokens were sent
   */
  public record Options(
      String conversation, String runId, int tokens, int tools, OptionalInt failAt) {}

  /**
   * One event.
   *
   * @param paced whether a model would take its time for it
   */
  public record Event(String json, boolean paced) {}

  private static final int ARGUMENT_PIECES = 3;

  private final Options options;
  private final List<Event> events = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private ScriptedRun(Options options) {
    this.options = options;
    play();
  }

  public static ScriptedRun of(Options options) {
    return new ScriptedRun(options);
  }

  public Options options() {
    return options;
  }

  /** In the order in which they are published. */
  public List<Event> events() {
    return List.copyOf(events);
  }

  /** The text of all its messages, one after the other. */
  public String text() {
    return text.toString();
  }

  /** CRC-32 of the text in UTF-8, as eight hexadecimal digits. */
  public String checksum() {
    CRC32 sum = new CRC32();
    sum.update(text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return String.format("%08x", sum.getValue());
  }

  private void play() {
    emit(event("RUN_STARTED").put("threadId", options.conversation()).put("runId", runId()));
    think();
    boolean fails = options.failAt().isPresent() && options.failAt().getAsInt() < options.tokens();
    int tokens = fails ? options.failAt().getAsInt() : options.tokens();
    int messages = options.tools() + 1;
    int said = 0;
    for (int message = 0; message < messages && said < tokens; message++) {
      int until = Math.min(tokens, (int) ((long) options.tokens() * (message + 1) / messages));
      say(message, said, until, fails && until == tokens);
      said = until;
      if (message < options.tools() && said < tokens) {
        call(message);
      }
    }
    emit(fails ? failure() : end());
  }

  private void think() {
    String id = runId() + "-thought";
    emit(event("REASONING_START").put("messageId", id));
    emit(event("REASONING_MESSAGE_START").put("messageId", id).put("role", "reasoning"));
    for (String word : Words.THOUGHT) {
      pace(event("REASONING_MESSAGE_CONTENT").put("messageId", id).put("delta", word));
    }
    emit(event("REASONING_MESSAGE_END").put("messageId", id));
    emit(event("REASONING_END").put("messageId", id));
  }

  private void say(int message, int from, int until, boolean brokenOff) {
    String id = messageId(message);
    emit(event("TEXT_MESSAGE_START").put("messageId", id).put("role", "assistant"));
    for (int token = from; token < until; token++) {
      String delta = Words.token(token);
      text.append(delta);
      pace(event("TEXT_MESSAGE_CONTENT").put("messageId", id).put("delta", delta));
    }
    if (!brokenOff) {
      emit(event("TEXT_MESSAGE_END").put("messageId", id));
    }
  }

  private void call(int number) {
    String id = runId() + "-tool-" + (number + 1);
    String name = Words.TOOLS.get(number % Words.TOOLS.size());
    emit(event("STEP_STARTED").put("stepName", name));
    emit(
        event("TOOL_CALL_START")
            .put("toolCallId", id)
            .put("toolCallName", name)
            .put("parentMessageId", messageId(number)));
    String arguments = new JsonObject().put("query", "Łódź → Köln").put("page", number).encode();
    for (int piece = 0; piece < ARGUMENT_PIECES; piece++) {
      int begin = arguments.length() * piece / ARGUMENT_PIECES;
      int end = arguments.length() * (piece + 1) / ARGUMENT_PIECES;
      String delta = arguments.substring(begin, end);
      pace(event("TOOL_CALL_ARGS").put("toolCallId", id).put("delta", delta));
    }
    emit(event("TOOL_CALL_END").put("toolCallId", id));
    pace(
        event("TOOL_CALL_RESULT")
            .put("messageId", id + "-result")
            .put("toolCallId", id)
            .put("content", "3 connections, the fastest takes 9 h 12 min"));
    emit(event("STEP_FINISHED").put("stepName", name));
  }

  private JsonObject failure() {
    return event("RUN_ERROR").put("message", "The model stopped answering").put("code", "timeout");
  }

  private JsonObject end() {
    JsonObject result = new JsonObject().put("characters", text.length()).put("crc32", checksum());
    return event("RUN_FINISHED")
        .put("threadId", options.conversation())
        .put("runId", runId())
        .put("result", result);
  }

  private String runId() {
    return options.runId();
  }

  private String messageId(int number) {
    return runId() + "-message-" + (number + 1);
  }

  private static JsonObject event(String type) {
    return new JsonObject().put("type", type);
  }

  private void emit(JsonObject event) {
    events.add(new Event(event.encode(), false));
  }

  private void pace(JsonObject event) {
    events.add(new Event(event.encode(), true));
  }
}
