package io.millrace.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Holds SSE streams from several loopback addresses and counts their events. Methods: one thread;
 * the streams live on the client's event loops.
 */
public final class LoadClient implements AutoCloseable {

  /** Fewer than the ephemeral ports of one address, whose usual range has 28,000. */
  private static final int STREAMS_PER_ADDRESS = 5_000;

  /** Latency is taken on one stream in this many, spread evenly over all. */
  private static final int SAMPLE_EVERY = 8;

  private final EpollEventLoopGroup group;
  private final Map<EventLoop, LoopTally> tallies = new LinkedHashMap<>();
  private final Map<EventLoop, LoopReceiveBuffer> buffers = new HashMap<>();
  private final List<StreamConnection> streams = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();

  public LoadClient(int loops) {
    group =
        new EpollEventLoopGroup(loops, new DefaultThreadFactory("load", true), CoalescedReads::new);
    for (EventExecutor loop : group) {
      tallies.put((EventLoop) loop, new LoopTally());
      buffers.put((EventLoop) loop, new LoopReceiveBuffer());
    }
  }

  /**
   * Opens {@code count} streams; returns when each has its first bytes, fails when one has not
   * within the limit.
   */
  public void open(StreamTarget target, int count, Duration limit) throws InterruptedException {
    Opening opening =
        new Opening(count, (index, loop, whenOpen) -> connect(target, index, loop, whenOpen));
    opening.start(tallies.keySet());
    opening.await(limit);
  }

  private void connect(
      StreamTarget target, int index, EventLoop loop, Consumer<@Nullable String> whenOpen) {
    LoopTally tally = Objects.requireNonNull(tallies.get(loop));
    LoopReceiveBuffer buffer = Objects.requireNonNull(buffers.get(loop));
    StreamProgress progress = new StreamProgress(tally, index % SAMPLE_EVERY == 0);
    StreamConnection stream =
        new StreamConnection(progress, target.request().apply(index), whenOpen);
    ChannelFuture connecting =
        bootstrap(loop, buffer, stream).connect(target.address(), source(index));
    synchronized (channels) {
      streams.add(stream);
      channels.add(connecting.channel());
    }
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            whenOpen.accept(String.valueOf(done.cause()));
          }
        });
  }

  private static Bootstrap bootstrap(
      EventLoop loop, LoopReceiveBuffer buffer, StreamConnection stream) {
    return new Bootstrap()
        .group(loop)
        .channel(EpollSocketChannel.class)
        .option(ChannelOption.RCVBUF_ALLOCATOR, buffer)
        // The port is chosen at connect: it must be free for this pair of addresses only.
        .option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
        // Thousands of sockets in TIME_WAIT would take the next round's ports.
        .option(ChannelOption.SO_LINGER, 0)
        .handler(stream);
  }

  private static InetSocketAddress source(int index) {
    return new InetSocketAddress("127.0.0." + (2 + index / STREAMS_PER_ADDRESS), 0);
  }

  /** Events received so far, over all streams. */
  public long delivered() {
    return tallies.values().stream().mapToLong(LoopTally::delivered).sum();
  }

  /** Bytes received so far, heads and framing included. */
  public long bytes() {
    return tallies.values().stream().mapToLong(LoopTally::bytes).sum();
  }

  /** Socket reads so far. */
  public long reads() {
    return tallies.values().stream().mapToLong(LoopTally::reads).sum();
  }

  /** Nanoseconds from publishing to receiving, of the sampled streams, since the last call. */
  public Histogram takeLatency() {
    Histogram all = new Histogram(3);
    tallies.values().forEach(tally -> all.add(tally.takeLatency()));
    return all;
  }

  /** Compares what every stream received with what was published since it opened. */
  public DeliveryCheck check(long published) throws InterruptedException {
    DeliveryCheck all = DeliveryCheck.none(published);
    synchronized (channels) {
      for (int i = 0; i < streams.size(); i++) {
        StreamConnection stream = streams.get(i);
        all = onItsLoop(channels.get(i), all, stream);
      }
    }
    return all;
  }

  /** A stream's counters are its event loop's; a task there sees them whole. */
  private static DeliveryCheck onItsLoop(Channel channel, DeliveryCheck so, StreamConnection stream)
      throws InterruptedException {
    try {
      return channel.eventLoop().submit(() -> so.plus(stream)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Closes every stream at once and returns when they are closed. */
  @Override
  public void close() {
    List<ChannelFuture> closing;
    synchronized (channels) {
      closing = channels.stream().map(Channel::close).toList();
    }
    closing.forEach(ChannelFuture::awaitUninterruptibly);
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    buffers.values().forEach(LoopReceiveBuffer::release);
  }
}
