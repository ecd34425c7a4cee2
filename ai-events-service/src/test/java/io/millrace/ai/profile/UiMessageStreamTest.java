package io.millrace.ai.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.event.Event;
import io.millrace.event.Route;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden chunks, one or more for each event of AG-UI 1.0. */
class UiMessageStreamTest {

  private final WrittenRun run = new WrittenRun();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'RUN_STARTED','threadId':'c','runId':'r1'}" + "|{'type':'start','messageId':'r1'}",
        "{'type':'STEP_STARTED','stepName':'s'}|{'type':'start-step'}",
        "{'type':'STEP_FINISHED','stepName':'s'}|{'type':'finish-step'}",
        "{'type':'TEXT_MESSAGE_START','messageId':'m','role':'assistant'}"
            + "|{'type':'text-start','id':'m'}",
        "{'type':'TEXT_MESSAGE_CONTENT','messageId':'m','delta':'a\\nb😀'}"
            + "|{'type':'text-delta','id':'m','delta':'a\\nb😀'}",
        "{'type':'TEXT_MESSAGE_END','messageId':'m'}|{'type':'text-end','id':'m'}",
        "{'type':'REASONING_MESSAGE_START','messageId':'m','role':'reasoning'}"
            + "|{'type':'reasoning-start','id':'m'}",
        "{'type':'REASONING_MESSAGE_CONTENT','messageId':'m','delta':'x'}"
            + "|{'type':'reasoning-delta','id':'m','delta':'x'}",
        "{'type':'REASONING_MESSAGE_END','messageId':'m'}|{'type':'reasoning-end','id':'m'}",
        "{'type':'TOOL_CALL_START','toolCallId':'t','toolCallName':'find'}"
            + "|{'type':'tool-input-start','toolCallId':'t','toolName':'find'}",
        "{'type':'TOOL_CALL_ARGS','toolCallId':'t','delta':'{\\'q\\''}"
            + "|{'type':'tool-input-delta','toolCallId':'t','inputTextDelta':'{\\'q\\''}",
        "{'type':'TOOL_CALL_RESULT','messageId':'m','toolCallId':'t','content':'{\\'n\\':1}'}"
            + "|{'type':'tool-output-available','output':'{\\'n\\':1}','toolCallId':'t'}",
        "{'type':'TOOL_CALL_RESULT','messageId':'m','toolCallId':'t','content':[{'type':'text'}]}"
            + "|{'type':'tool-output-available','output':[{'type':'text'}],'toolCallId':'t'}",
        "{'type':'TOOL_CALL_RESULT','messageId':'m','toolCallId':'t','content':'','error':'no'}"
            + "|{'type':'tool-output-error','errorText':'no','toolCallId':'t'}",
        "{'type':'CUSTOM','name':'weather','value':{'c':1.10}}"
            + "|{'type':'data-weather','data':{'c':1.10}}",
        "{'type':'CUSTOM','name':'ping'}|{'type':'data-ping','data':null}",
        "{'type':'STATE_DELTA','delta':[]}"
            + "|{'type':'data-state-delta','data':{'type':'STATE_DELTA','delta':[]},"
            + "'transient':true}",
        "{'type':'RUN_FINISHED','threadId':'c','runId':'r1'}"
            + "|{'type':'finish','finishReason':'stop'}",
        "{'type':'RUN_FINISHED','runId':'r1','outcome':{'type':'success'}}"
            + "|{'type':'finish','finishReason':'stop'}",
        "{'type':'RUN_FINISHED','runId':'r1','outcome':{'type':'cancelled'}}"
            + "|{'type':'finish','finishReason':'other'}",
        "{'type':'RUN_ERROR','message':'no model'}|{'type':'error','errorText':'no model'}",
        "{'type':'RUN_ERROR'}|{'type':'error','errorText':'The run failed'}"
      })
  void areMadeOfEvents(String event, String chunk) {
    assertEquals(List.of(json(chunk)), run.chunks(json(event)));
  }

  private static String json(String quoted) {
    return quoted.replace('\'', '"');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'RAW','event':{}}",
        "{'type':'MESSAGES_SNAPSHOT','messages':[]}",
        "{'type':'REASONING_START','messageId':'m'}",
        "{'type':'REASONING_END','messageId':'m'}",
        "{'type':'REASONING_ENCRYPTED_VALUE','entityId':'m'}",
        "{'type':'TEXT_MESSAGE_START'}",
        "{'type':'TEXT_MESSAGE_CONTENT','messageId':'m','delta':7}",
        "{'type':'TEXT_MESSAGE_CONTENT','delta':'x'}",
        "{'type':'TEXT_MESSAGE_CHUNK','messageId':'m'}",
        "{'type':'TOOL_CALL_START','toolCallId':'t'}",
        "{'type':'TOOL_CALL_START','toolCallName':'find'}",
        "{'type':'TOOL_CALL_ARGS','toolCallId':'t','delta':{}}",
        "{'type':'TOOL_CALL_CHUNK','delta':'x'}",
        "{'type':'TOOL_CALL_END'}",
        "{'type':'TOOL_CALL_END','toolCallId':'never started'}",
        "{'type':'TOOL_CALL_RESULT','content':'x'}",
        "{'type':'CUSTOM','value':1}"
      })
  void leaveOutWhatHasNoChunkOrNotTheFieldsOfOne(String event) {
    assertEquals(List.of(), run.chunks(json(event)));
  }

  @Test
  void copyTheTextOfDeltasAsItStands() {
    String text = "\\ud83d\\ude00 \\u00e9 \\\"\\\\ é";

    assertEquals(
        List.of("{\"type\":\"text-delta\",\"id\":\"m\",\"delta\":\"" + text + "\"}"),
        run.chunks(
            "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"" + text + "\"}"));
  }

  @Test
  void mergeDeltasUnderTheIdOfTheLast() {
    String delta = "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"%s\"}";

    assertEquals(
        "id: id1\ndata: {\"type\":\"text-delta\",\"id\":\"m\",\"delta\":\"ab\"}\n\n",
        run.frames(List.of(run.event(delta.formatted("a")), run.event(delta.formatted("b")))));
  }

  @Test
  void makeATextOfEachChunkEventAndGiveItsIdToTheLastFrame() {
    assertEquals(
        "data: {\"type\":\"text-start\",\"id\":\"m\"}\n\n"
            + "data: {\"type\":\"text-delta\",\"id\":\"m\",\"delta\":\"a\"}\n\n"
            + "id: id0\ndata: {\"type\":\"text-end\",\"id\":\"m\"}\n\n",
        run.frames(
            List.of(
                run.event(
                    "{\"type\":\"TEXT_MESSAGE_CHUNK\",\"messageId\":\"m\",\"delta\":\"a\"}"))));
  }

  @Test
  void beginAToolCallWithItsFirstChunkEvent() {
    assertEquals(
        List.of(
            "{\"type\":\"tool-input-start\",\"toolCallId\":\"t\",\"toolName\":\"find\"}",
            "{\"type\":\"tool-input-delta\",\"toolCallId\":\"t\",\"inputTextDelta\":\"{\"}"),
        run.chunks(
            "{\"type\":\"TOOL_CALL_CHUNK\",\"toolCallId\":\"t\",\"toolCallName\":\"find\","
                + "\"delta\":\"{\"}"));
  }

  @Test
  void keepARunInsideTheRunOutOfItsBounds() {
    Event inner =
        run.event(
            "{\"type\":\"RUN_STARTED\",\"runId\":\"r2\",\"parentRunId\":\"r1\"}",
            Set.of(WrittenRun.RUN, new Route.Run("c", "r2")));

    assertEquals(
        List.of(
            "{\"type\":\"data-run-started\",\"data\":{\"type\":\"RUN_STARTED\",\"runId\":\"r2\","
                + "\"parentRunId\":\"r1\"},\"transient\":true}"),
        WrittenRun.data(run.frames(List.of(inner))));
  }

  @Test
  void tellOtherVocabulariesInPassing() {
    assertEquals(
        List.of("{\"type\":\"data-JobCompleted\",\"data\":{\"n\":1},\"transient\":true}"),
        run.chunks("{\"n\":1}", "ce_type=JobCompleted"));
    assertEquals(
        List.of("{\"type\":\"data-message\",\"data\":\"text\",\"transient\":true}"),
        run.chunks("\"text\""));
  }

  @Test
  void boundRunsOfOtherVocabulariesByTheirHeaders() {
    assertEquals(
        List.of("{\"type\":\"start\",\"messageId\":\"r1\"}"),
        run.chunks("{}", "ce_type=RUN_STARTED", "runid=r1"));
    assertEquals(
        List.of("{\"type\":\"finish\",\"finishReason\":\"stop\"}"),
        run.chunks("{}", "ce_type=RUN_FINISHED", "runid=r1"));
  }
}
