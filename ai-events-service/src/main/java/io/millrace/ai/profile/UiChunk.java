package io.millrace.ai.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.event.Event;
import io.millrace.sse.EventEncoder;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One chunk of a UI message stream.
 *
 * @param fields all of it but the text of deltas
 * @param textField what that text is called
 * @param texts the deltas it is copied from as it stands; none for a chunk that has no such text
 */
record UiChunk(ObjectNode fields, String textField, List<Event> texts) {

  static UiChunk of(String type) {
    return new UiChunk(Json.object().put("type", type), "", List.of());
  }

  UiChunk with(String name, String value) {
    return with(name, Json.text(value));
  }

  UiChunk with(String name, JsonNode value) {
    ObjectNode more = fields.deepCopy();
    more.set(name, value);
    return new UiChunk(more, textField, texts);
  }

  /** Told to the page, and not kept in its message. */
  UiChunk inPassing() {
    ObjectNode more = fields.deepCopy().put("transient", true);
    return new UiChunk(more, textField, texts);
  }

  UiChunk withTexts(String name, List<Event> deltas) {
    return new UiChunk(fields, name, deltas);
  }

  void encode(ByteBuf out, String id) {
    String json = Json.write(fields);
    if (texts.isEmpty()) {
      EventEncoder.encode(out, id, "", json);
    } else {
      EventEncoder.encode(out, id, "", data -> encodeTexts(data, json));
    }
  }

  private void encodeTexts(ByteBuf out, String json) {
    String open = json.substring(0, json.length() - 1) + ",\"" + textField + "\":\"";
    out.writeCharSequence(open, StandardCharsets.UTF_8);
    EventEncoder.texts(out, texts);
    out.writeByte('"').writeByte('}');
  }
}
