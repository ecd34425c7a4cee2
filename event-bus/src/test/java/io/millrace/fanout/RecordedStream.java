package io.millrace.fanout;

import io.millrace.connection.EventStream;
import io.millrace.connection.FrameBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream whose socket takes as many bytes as the test allows, and that keeps what it was sent.
 */
final class RecordedStream implements EventStream {

  /** What a client makes of one frame. */
  record Received(String id, String event, String data) {}

  private final StringBuilder sent = new StringBuilder();
  private final StringBuilder waiting = new StringBuilder();
  private final List<FrameBuffer> buffers = new ArrayList<>();
  private Runnable onDrain = () -> {};
  private int room = Integer.MAX_VALUE;
  private int flushes;
  private boolean ended;
  private boolean broken;
  private boolean brokenOff;

  @Override
  public boolean isWritable() {
    return room > 0;
  }

  @Override
  public void write(FrameBuffer frames) {
    if (broken) {
      throw new IllegalStateException("broken on purpose");
    }
    buffers.add(frames);
    waiting.append(new String(frames.payload(), StandardCharsets.UTF_8));
    room = room == Integer.MAX_VALUE ? room : room - frames.payloadBytes();
  }

  @Override
  public void flush() {
    sent.append(waiting);
    waiting.setLength(0);
    flushes++;
  }

  @Override
  public void onDrain(Runnable action) {
    onDrain = action;
  }

  @Override
  public void end() {
    flush();
    ended = true;
  }

  @Override
  public void breakOff() {
    brokenOff = true;
  }

  /** From now on the socket takes this many bytes more; none when 0. */
  void allow(int bytes) {
    boolean drained = room <= 0 && bytes > 0;
    room = bytes;
    if (drained) {
      onDrain.run();
    }
  }

  void breakOnWrite() {
    broken = true;
  }

  boolean isBrokenOff() {
    return brokenOff;
  }

  boolean isEnded() {
    return ended;
  }

  int flushes() {
    return flushes;
  }

  /** The buffers as they were handed over, to see who shared one. */
  List<FrameBuffer> buffers() {
    return buffers;
  }

  String text() {
    return sent.toString();
  }

  /** The events sent so far, in order. */
  List<Received> received() {
    List<Received> received = new ArrayList<>();
    for (String frame : text().split("\n\n")) {
      String id = "";
      String event = "";
      List<String> data = new ArrayList<>();
      for (String line : frame.split("\n")) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data.add(line.substring(6));
        }
      }
      if (!data.isEmpty()) {
        received.add(new Received(id, event, String.join("\n", data)));
      }
    }
    return received;
  }

  List<String> data() {
    return received().stream().map(Received::data).toList();
  }

  String lastId() {
    List<Received> all = received();
    return all.isEmpty() ? "" : all.get(all.size() - 1).id();
  }
}
