package io.millrace.ai.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of a call of a tool, which itself says nothing of its arguments. */
class ToolCallTest {

  private final WrittenRun run = new WrittenRun();

  @Test
  void isToldWithAllItsArgumentsAtItsEnd() {
    run.event("{\"type\":\"TOOL_CALL_START\",\"toolCallId\":\"t\",\"toolCallName\":\"find\"}");
    run.event("{\"type\":\"TOOL_CALL_ARGS\",\"toolCallId\":\"t\",\"delta\":\"{\\\"q\\\":\"}");
    run.event("{\"type\":\"TOOL_CALL_ARGS\",\"toolCallId\":\"u\",\"delta\":\"of another\"}");
    run.event("{\"type\":\"TOOL_CALL_ARGS\",\"toolCallId\":\"t\",\"delta\":\"\\n1.50}\"}");

    assertEquals(
        List.of(
            "{\"type\":\"tool-input-available\",\"input\":{\"q\":1.50},\"toolCallId\":\"t\","
                + "\"toolName\":\"find\"}"),
        run.chunks("{\"type\":\"TOOL_CALL_END\",\"toolCallId\":\"t\"}"));
  }

  @Test
  void mayHaveNoArguments() {
    run.event("{\"type\":\"TOOL_CALL_START\",\"toolCallId\":\"t\",\"toolCallName\":\"now\"}");

    assertEquals(
        List.of(
            "{\"type\":\"tool-input-available\",\"input\":{},\"toolCallId\":\"t\","
                + "\"toolName\":\"now\"}"),
        run.chunks("{\"type\":\"TOOL_CALL_END\",\"toolCallId\":\"t\"}"));
  }

  @Test
  void failsWhereItsArgumentsAreNoJson() {
    run.event("{\"type\":\"TOOL_CALL_START\",\"toolCallId\":\"t\",\"toolCallName\":\"now\"}");
    run.event("{\"type\":\"TOOL_CALL_ARGS\",\"toolCallId\":\"t\",\"delta\":\"{} and\"}");

    assertEquals(
        List.of(
            "{\"type\":\"tool-input-error\",\"input\":\"{} and\","
                + "\"errorText\":\"The arguments are not JSON\",\"toolCallId\":\"t\","
                + "\"toolName\":\"now\"}"),
        run.chunks("{\"type\":\"TOOL_CALL_END\",\"toolCallId\":\"t\"}"));
  }
}
