package io.millrace.bench.load;

import io.millrace.bench.stream.LineScanner;
import io.millrace.bench.stream.ResponseHead;
import io.millrace.bench.stream.StreamBody;
import io.millrace.bench.stream.StreamProgress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection of a client: sends the request, then counts what comes. Its event loop. */
final class StreamConnection extends ChannelInboundHandlerAdapter {

  private final StreamProgress progress;
  private final ResponseHead head = new ResponseHead();
  private final Consumer<StreamConnection> whenClosed;
  private @Nullable Consumer<@Nullable String> whenOpen;
  private @Nullable Channel channel;
  private @Nullable StreamBody body;
  private byte @Nullable [] request;

  /**
   * @param whenOpen called once: with null when the first bytes of the stream are here, or with the
   *     reason why none will come
   * @param whenClosed called once, after that, when the connection or the attempt has ended
   */
  StreamConnection(
      StreamProgress progress,
      byte[] request,
      Consumer<@Nullable String> whenOpen,
      Consumer<StreamConnection> whenClosed) {
    this.progress = progress;
    this.request = request;
    this.whenOpen = whenOpen;
    this.whenClosed = whenClosed;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
  }

  boolean isOf(@Nullable Channel other) {
    return channel == other;
  }

  /** Whether the stream has begun; a soft reject is none. */
  boolean hasBegun() {
    return body != null && !progress.isBusy();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (request != null) {
      ctx.writeAndFlush(Unpooled.wrappedBuffer(request));
      request = null;
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      StreamBody open = body;
      if (open != null) {
        open.read(in, in.readerIndex(), in.writerIndex());
      } else {
        head(ctx, in);
      }
      progress.readDone(in.readableBytes());
    } finally {
      in.release();
    }
  }

  private void head(ChannelHandlerContext ctx, ByteBuf in) {
    int at = head.read(in);
    if (!head.isComplete()) {
      return;
    }
    if (head.status() != 200) {
      opened("status " + head.status());
      ctx.close();
      return;
    }
    StreamBody open = new StreamBody(new LineScanner(progress), head.isChunked());
    body = open;
    open.read(in, at, in.writerIndex());
    opened(progress.isBusy() ? "busy" : null);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    failed("closed before the first byte");
  }

  /** The connection is gone, or never was. */
  void failed(String why) {
    opened(why);
    whenClosed.accept(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    opened(cause.toString());
    ctx.close();
  }

  private void opened(@Nullable String failure) {
    Consumer<@Nullable String> callback = whenOpen;
    whenOpen = null;
    if (callback != null) {
      callback.accept(failure);
    }
  }
}
