package io.millrace.sse;

import io.millrace.event.Event;
import io.millrace.event.Part.Delta;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes events in order, adjacent deltas of one text as one event of the same kind: its delta is
 * theirs one after the other, its id that of the last. No event is parsed: where the text stands
 * was found when the event was read, and of mergeable events all other bytes are equal, but for the
 * digits of a timestamp. For one buffer; its event loop only.
 */
public final class CoalescingEncoder {

  /**
   * Most bytes of merged text in one event. Below what proxies buffer of a response (16 KB and
   * more), half of a socket's write queue: one frame never fills it.
   */
  public static final int MAX_MERGED_BYTES = 16 * 1024;

  private final ByteBuf out;
  private final Profile profile;
  private final Past past;
  private final List<Event> group = new ArrayList<>();
  private int textBytes;
  private Supplier<String> id = () -> "";
  private int frames;

  /** Of frames as they are; no profile of theirs asks what was before. */
  public CoalescingEncoder(ByteBuf out) {
    this(out, NativeProfile.INSTANCE, Past.UNKNOWN);
  }

  /**
   * @param past what was before the events that are added
   */
  public CoalescingEncoder(ByteBuf out, Profile profile, Past past) {
    this.out = out;
    this.profile = profile;
    this.past = past;
  }

  /** The next event and its cursor as text, asked for if it is written. */
  public void add(Event event, Supplier<String> cursor) {
    if (!group.isEmpty() && !fits(event)) {
      write();
    }
    group.add(event);
    textBytes += textBytes(event);
    id = cursor;
  }

  private boolean fits(Event event) {
    return areMergeable(group.get(0), event) && textBytes + textBytes(event) <= MAX_MERGED_BYTES;
  }

  private static int textBytes(Event event) {
    return event.part().delta().to() - event.part().delta().from();
  }

  /** Writes what was held back. */
  public void finish() {
    if (!group.isEmpty()) {
      write();
    }
  }

  private void write() {
    frames +=
        group.size() == 1
            ? profile.encode(out, id.get(), group.get(0), past)
            : profile.encodeMerged(out, id.get(), group);
    group.clear();
    textBytes = 0;
  }

  /** Frames written so far. */
  public int frames() {
    return frames;
  }

  /**
   * Whether two events that follow each other are deltas of one text, for the same eyes: of the
   * same name, filed under the same routes, and equal in all bytes but text and timestamp.
   */
  public static boolean areMergeable(Event first, Event next) {
    return first.part().isDelta()
        && next.part().isDelta()
        && first.type().equals(next.type())
        && first.routes().equals(next.routes())
        && haveEqualEnvelopes(first, next);
  }

  /** In all but text and timestamp; a timestamp before the text is not one behind it. */
  private static boolean haveEqualEnvelopes(Event first, Event next) {
    byte[] a = first.data();
    byte[] b = next.data();
    Delta x = first.part().delta();
    Delta y = next.part().delta();
    if (isStamped(x) != isStamped(y) || leadsWithStamp(x) != leadsWithStamp(y)) {
      return false;
    }
    if (!isStamped(x)) {
      return Arrays.equals(a, 0, x.from(), b, 0, y.from())
          && Arrays.equals(a, x.to(), a.length, b, y.to(), b.length);
    }
    return leadsWithStamp(x)
        ? Arrays.equals(a, 0, x.stampFrom(), b, 0, y.stampFrom())
            && Arrays.equals(a, x.stampTo(), x.from(), b, y.stampTo(), y.from())
            && Arrays.equals(a, x.to(), a.length, b, y.to(), b.length)
        : Arrays.equals(a, 0, x.from(), b, 0, y.from())
            && Arrays.equals(a, x.to(), x.stampFrom(), b, y.to(), y.stampFrom())
            && Arrays.equals(a, x.stampTo(), a.length, b, y.stampTo(), b.length);
  }

  private static boolean isStamped(Delta delta) {
    return delta.stampFrom() != delta.stampTo();
  }

  private static boolean leadsWithStamp(Delta delta) {
    return delta.stampFrom() < delta.from();
  }
}
