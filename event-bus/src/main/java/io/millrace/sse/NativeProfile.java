package io.millrace.sse;

import io.millrace.event.Event;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Each event as its producer wrote it, under its own name (wire.md §2). */
public final class NativeProfile implements Profile {

  public static final Profile INSTANCE = new NativeProfile();

  private NativeProfile() {}

  @Override
  public String name() {
    return "native";
  }

  @Override
  public int encode(ByteBuf out, String id, Event event, Past past) {
    EventEncoder.encode(out, id, event.type(), event);
    return 1;
  }

  @Override
  public int encodeMerged(ByteBuf out, String id, List<Event> deltas) {
    EventEncoder.encodeMerged(out, id, deltas.get(0).type(), deltas);
    return 1;
  }
}
