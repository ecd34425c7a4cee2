package io.millrace.ai.profile;

import io.millrace.event.Event;
import io.millrace.sse.EventEncoder;
import io.millrace.sse.Past;
import io.millrace.sse.Profile;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * What the ToolUp SDK's clients read: events as their producer wrote them, all without a name,
 * since its chat listens to {@code onmessage} alone. Our ids let its {@code EventSource} resume.
 */
final class ToolUp implements Profile {

  private static final String UNNAMED = "";

  @Override
  public String name() {
    return "toolup";
  }

  @Override
  public int encode(ByteBuf out, String id, Event event, Past past) {
    EventEncoder.encode(out, id, UNNAMED, event);
    return 1;
  }

  @Override
  public int encodeMerged(ByteBuf out, String id, List<Event> deltas) {
    EventEncoder.encodeMerged(out, id, UNNAMED, deltas);
    return 1;
  }
}
