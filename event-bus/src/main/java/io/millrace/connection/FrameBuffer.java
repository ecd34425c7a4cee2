package io.millrace.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Frames encoded once and written to any number of connections of one event loop. It carries the
 * framing of one HTTP/1.1 chunk around them, so that a connection can hand it to the socket as it
 * is. Reference-counted by its maker: {@link #release} when every connection was given it.
 */
public final class FrameBuffer {

  /** Eight hexadecimal digits and CRLF: room for the longest chunk header. */
  private static final int HEADER_BYTES = 10;

  private static final int CRLF = '\r' << 8 | '\n';

  private final ByteBuf chunk;
  private final int payloadBytes;

  private FrameBuffer(ByteBuf chunk, int payloadBytes) {
    this.chunk = chunk;
    this.payloadBytes = payloadBytes;
  }

  /** Encodes frames, at least one byte of them. */
  public static FrameBuffer of(
      ByteBufAllocator allocator, int expectedBytes, Consumer<ByteBuf> frames) {
    ByteBuf out = allocator.ioBuffer(expectedBytes + HEADER_BYTES + 2);
    try {
      out.writeZero(HEADER_BYTES);
      frames.accept(out);
    } catch (RuntimeException fault) {
      out.release();
      throw fault;
    }
    int payloadBytes = out.writerIndex() - HEADER_BYTES;
    byte[] digits = Integer.toHexString(payloadBytes).getBytes(StandardCharsets.US_ASCII);
    int start = HEADER_BYTES - 2 - digits.length;
    out.setBytes(start, digits).setShort(HEADER_BYTES - 2, CRLF).readerIndex(start);
    return new FrameBuffer(out.writeShort(CRLF), payloadBytes);
  }

  /** The frames as one HTTP/1.1 chunk; the receiver owns the returned reference. */
  public ByteBuf chunk() {
    return chunk.retainedDuplicate();
  }

  /** A copy of the frames alone, for connections that do their own framing. */
  public byte[] payload() {
    return ByteBufUtil.getBytes(chunk, HEADER_BYTES, payloadBytes);
  }

  public int payloadBytes() {
    return payloadBytes;
  }

  public void release() {
    chunk.release();
  }
}
