package io.millrace.fanout;

import io.millrace.connection.FrameBuffer;
import io.millrace.event.Part;
import io.millrace.event.Positions;
import io.millrace.sse.CoalescingEncoder;
import io.millrace.sse.Past;
import io.millrace.sse.Profile;
import io.millrace.tail.Read;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The encoded forms of one slice of the tail, made when first asked for and shared by all who are
 * given the same of its events. Lives for one turn of an event loop.
 *
 * <p>What a subscriber is given of a slice is a set of bits, one per entry.
 */
final class SliceFrames implements AutoCloseable {

  /** One bit per entry has to fit a long. */
  static final int MAX_EVENTS = Long.SIZE;

  /** Room for id, event name and field names; a buffer grows when it is not enough. */
  private static final int EXPECTED_FRAME_OVERHEAD = 160;

  private final Read.Slice slice;
  private final Profile profile;
  private final Past past;
  private final boolean merging;
  private final ByteBufAllocator allocator;
  private final String[] ids;
  private final Map<Long, FrameBuffer> shared = new HashMap<>();

  /** How many frames each of them holds. */
  private final Map<Long, Integer> sharedFrames = new HashMap<>();

  private int ownFrames;

  /** Entries that end a run. */
  private final long ends;

  /** Of a slice of the log that the lane follows, as its followers want it. */
  SliceFrames(Read.Slice slice, Lane lane, ByteBufAllocator allocator) {
    this.slice = slice;
    this.profile = lane.profile();
    this.past = new SlicePast(slice.entries(), lane.log());
    this.merging = lane.isMerging();
    this.allocator = allocator;
    this.ids = new String[slice.entries().size()];
    this.ends = ends(slice.entries());
  }

  private static long ends(List<Read.Entry> entries) {
    long ends = 0;
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).event().part().kind() == Part.Kind.END) {
        ends |= 1L << i;
      }
    }
    return ends;
  }

  List<Read.Entry> entries() {
    return slice.entries();
  }

  /** The entry among the given ones that ends what the subscriber follows. */
  OptionalInt end(long given, Subscription subscription) {
    for (long rest = given & ends; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      if (subscription.endsWith(entries().get(i).event())) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** The frames of these entries, with this replica's own ids. */
  FrameBuffer shared(long given) {
    return shared.computeIfAbsent(
        given,
        g ->
            FrameBuffer.of(
                allocator,
                expectedBytes(given),
                out -> {
                  int frames = merging ? encodeMerged(out, given) : encode(out, given);
                  sharedFrames.put(given, frames);
                }));
  }

  private int encode(ByteBuf out, long given) {
    int frames = 0;
    for (long rest = given; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      frames += profile.encode(out, id(i), entries().get(i).event(), past);
    }
    return frames;
  }

  private int encodeMerged(ByteBuf out, long given) {
    CoalescingEncoder encoder = new CoalescingEncoder(out, profile, past);
    for (long rest = given; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      encoder.add(entries().get(i).event(), () -> id(i));
    }
    encoder.finish();
    return encoder.frames();
  }

  /** Number of frames in which these entries were written. */
  int sharedFrames(long given) {
    return sharedFrames.getOrDefault(given, 0);
  }

  /**
   * Which of these entries a subscriber whose cursor is ahead of this replica has not received
   * before, with the cursor to give with each.
   */
  SortedMap<Integer, Positions> taken(long given, Subscriber subscriber) {
    SortedMap<Integer, Positions> taken = new TreeMap<>();
    for (long rest = given; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      subscriber.take(entries().get(i)).ifPresent(cursor -> taken.put(i, cursor));
    }
    return taken;
  }

  /** The frames of these entries with ids of their own. The caller releases it. */
  FrameBuffer own(SortedMap<Integer, Positions> taken) {
    int bytes = taken.keySet().stream().mapToInt(this::expectedBytesOf).sum();
    return FrameBuffer.of(allocator, bytes, out -> encodeOwn(out, taken));
  }

  private void encodeOwn(ByteBuf out, SortedMap<Integer, Positions> taken) {
    ownFrames = 0;
    if (merging) {
      CoalescingEncoder encoder = new CoalescingEncoder(out, profile, past);
      taken.forEach((i, cursor) -> encoder.add(entries().get(i).event(), () -> slice.id(cursor)));
      encoder.finish();
      ownFrames = encoder.frames();
    } else {
      taken.forEach(
          (i, cursor) ->
              ownFrames += profile.encode(out, slice.id(cursor), entries().get(i).event(), past));
    }
  }

  /** Number of frames in the last one of these. */
  int ownFrames() {
    return ownFrames;
  }

  private String id(int i) {
    if (ids[i] == null) {
      ids[i] = slice.id(entries().get(i).after());
    }
    return ids[i];
  }

  private int expectedBytes(long given) {
    int bytes = 0;
    for (long rest = given; rest != 0; rest &= rest - 1) {
      bytes += expectedBytesOf(Long.numberOfTrailingZeros(rest));
    }
    return bytes;
  }

  private int expectedBytesOf(int i) {
    return entries().get(i).event().data().length + EXPECTED_FRAME_OVERHEAD;
  }

  @Override
  public void close() {
    shared.values().forEach(FrameBuffer::release);
  }
}
