package io.millrace.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * The one buffer that all streams of an event loop are read into: a stream is done with its bytes
 * before the next one is read, so none needs bytes of its own. Its event loop.
 */
final class LoopReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

  /** Some 60 events: a client that lags reads many at once. */
  private static final int BYTES = 16 * 1024;

  private final ByteBuf buffer = Unpooled.directBuffer(BYTES, BYTES);

  @Override
  public MaxMessageHandle newHandle() {
    return new MaxMessageHandle() {

      @Override
      public int guess() {
        return BYTES;
      }

      @Override
      public ByteBuf allocate(ByteBufAllocator unused) {
        return buffer.clear().retain();
      }

      /**
       * A read that leaves room in the buffer has emptied the socket (epoll(7), question 9), so
       * there is no second one to be told the same.
       */
      @Override
      public boolean continueReading(UncheckedBooleanSupplier unused) {
        return lastBytesRead() == attemptedBytesRead();
      }
    };
  }

  /** After the event loop has ended. */
  void release() {
    buffer.release();
  }
}
