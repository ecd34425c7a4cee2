package io.millrace.sse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * A piece of the stream that is the server's own word, not an event of the topic. Small and rare,
 * so plain bytes; immutable.
 */
public final class Frame {

  private final byte[] bytes;

  private Frame(byte[] bytes) {
    this.bytes = bytes;
  }

  /** First bytes of a stream: how long to wait before a reconnect, and a comment to open pipes. */
  public static Frame ready(Duration retry) {
    return text("retry: " + retry.toMillis() + "\n: ready\n\n");
  }

  /** All of a soft reject: come back later. */
  public static Frame busy(Duration retry) {
    return text("retry: " + retry.toMillis() + "\n: busy\n\n");
  }

  /**
   * A sign of life. A comment without a blank line: a blank line makes some clients dispatch an
   * empty message.
   */
  public static Frame heartbeat(Instant now) {
    return text(": hb " + now.toEpochMilli() + "\n");
  }

  /** Continuity can't be proven: refetch state. The id is where the stream goes on from. */
  public static Frame reset(String id, ResetReason reason, String topic) {
    return event(
        id,
        "stream.reset",
        "{\"reason\":\"" + reason.onTheWire() + "\",\"topic\":\"" + topic + "\"}");
  }

  /** A fresh cursor for a client that was sent nothing for long: all else was for others. */
  public static Frame checkpoint(String id) {
    return event(id, "stream.checkpoint", "{}");
  }

  /** The server ends this response now: come back with the last id after a while. */
  public static Frame reconnect(String id, String reason, Duration after) {
    Frame notice =
        event(
            id,
            "stream.reconnect",
            "{\"reason\":\"" + reason + "\",\"afterMs\":" + after.toMillis() + "}");
    return text("retry: " + after.toMillis() + "\n").then(notice);
  }

  /** Nothing will follow: don't come back. */
  public static Frame end(String id, String reason) {
    return event(id, "stream.end", "{\"reason\":\"" + reason + "\"}");
  }

  /** A message without a name: the word of a profile that has words of its own. */
  public static Frame message(String id, String data) {
    return event(id, "", data);
  }

  private static Frame event(String id, String type, String data) {
    ByteBuf out = Unpooled.buffer();
    EventEncoder.encode(out, id, type, data);
    return new Frame(ByteBufUtil.getBytes(out));
  }

  private static Frame text(String text) {
    return new Frame(text.getBytes(StandardCharsets.US_ASCII));
  }

  private Frame then(Frame next) {
    return new Frame(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(bytes, next.bytes)));
  }

  /** Appends the frame. */
  public void encode(ByteBuf out) {
    out.writeBytes(bytes);
  }

  public int length() {
    return bytes.length;
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
