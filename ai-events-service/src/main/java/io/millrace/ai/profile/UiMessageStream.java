package io.millrace.ai.profile;

import io.millrace.event.Event;
import io.millrace.sse.Frame;
import io.millrace.sse.Past;
import io.millrace.sse.Profile;
import io.millrace.sse.ResetReason;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;

/**
 * The UI message stream, version 1, of the Vercel AI SDK: one run of an agent as the chunks of one
 * message, made of AG-UI 1.0 events. What becomes of each is told in docs/profiles.md. Its clients
 * check every {@code data:} against a schema, so nothing else may be in the stream.
 */
final class UiMessageStream implements Profile {

  private static final String DONE = "[DONE]";
  private static final String NO_ID = "";

  @Override
  public String name() {
    return "ui-message-stream";
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("x-vercel-ai-ui-message-stream", "v1");
  }

  @Override
  public boolean isOfOneRun() {
    return true;
  }

  @Override
  public boolean hasControlEvents() {
    return false;
  }

  @Override
  public Frame reset(String id, ResetReason reason, String topic) {
    return Frame.message(
        id,
        "{\"type\":\"error\",\"errorText\":\"The stream can't be resumed: "
            + reason.onTheWire()
            + "\"}");
  }

  @Override
  public Frame end(String id, String reason) {
    return Frame.message(id, DONE);
  }

  @Override
  public int encode(ByteBuf out, String id, Event event, Past past) {
    return encode(out, id, UiChunks.of(event, List.of(event), past));
  }

  @Override
  public int encodeMerged(ByteBuf out, String id, List<Event> deltas) {
    return encode(out, id, UiChunks.of(deltas.get(0), deltas, Past.UNKNOWN));
  }

  private static int encode(ByteBuf out, String id, List<UiChunk> chunks) {
    for (int i = 0; i < chunks.size(); i++) {
      chunks.get(i).encode(out, i == chunks.size() - 1 ? id : NO_ID);
    }
    return chunks.size();
  }
}
