package io.millrace.bench.load;

import io.millrace.bench.stream.DeliveryCheck;
import io.millrace.bench.stream.LoopTally;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;

/** One event loop of the load client, with its clients. Its event loop, but for what says more. */
final class LoadLoop {

  private final EventLoop loop;
  private final int receiveBuffer;
  private final LoopTally tally = new LoopTally();
  private final LoopReceiveBuffer buffer = new LoopReceiveBuffer();
  private final List<LoadStream> streams = new ArrayList<>();
  private final List<Ending> endings = new ArrayList<>();

  LoadLoop(EventLoop loop, int receiveBuffer) {
    this.loop = loop;
    this.receiveBuffer = receiveBuffer;
  }

  EventLoop loop() {
    return loop;
  }

  /** What its clients have received; any thread. */
  LoopTally tally() {
    return tally;
  }

  /** Ready to connect one client. */
  Bootstrap bootstrap(ChannelHandler handler) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.RCVBUF_ALLOCATOR, buffer)
            // The port is chosen at connect: it must be free for this pair of addresses only.
            .option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
            // Thousands of sockets in TIME_WAIT would take the next round's ports.
            .option(ChannelOption.SO_LINGER, 0)
            .handler(handler);
    return receiveBuffer == 0
        ? bootstrap
        : bootstrap.option(ChannelOption.SO_RCVBUF, receiveBuffer);
  }

  void add(LoadStream stream) {
    streams.add(stream);
  }

  void ended(Ending ending) {
    endings.add(ending);
  }

  /** Does this with each of its clients and waits until it is done. Any other thread. */
  void each(Consumer<LoadStream> action) {
    on(
        () -> {
          streams.forEach(action);
          return true;
        });
  }

  /** Any other thread. */
  DeliveryCheck check(IntToLongFunction published) {
    return on(
        () -> {
          DeliveryCheck all = DeliveryCheck.NONE;
          for (LoadStream stream : streams) {
            all = stream.check(all, published.applyAsLong(stream.number()));
          }
          return all;
        });
  }

  /** Any other thread. */
  List<Ending> endings() {
    return on(() -> List.copyOf(endings));
  }

  /** A client's counters are its event loop's; a task there sees them whole. */
  private <T> T on(Callable<T> task) {
    try {
      return loop.submit(task).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a load loop", e);
    }
  }

  /** After the event loop has ended. */
  void release() {
    buffer.release();
  }
}
