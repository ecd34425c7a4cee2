package io.millrace.bench.load;

import io.millrace.bench.stream.BenchClock;
import io.millrace.bench.stream.DeliveryCheck;
import io.millrace.bench.stream.StreamProgress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client: its connection of the moment, and what it has received over all of them. Its event
 * loop.
 */
final class LoadStream {

  /** Fewer than the ephemeral ports of one address, whose usual range has 28,000. */
  private static final int STREAMS_PER_ADDRESS = 5_000;

  private final int number;
  private final LoadLoop home;
  private final StreamProgress progress;
  private @Nullable Channel channel;
  private @Nullable StreamTarget elsewhere;
  private boolean ended;

  LoadStream(int number, LoadLoop home, StreamProgress progress) {
    this.number = number;
    this.home = home;
    this.progress = progress;
  }

  int number() {
    return number;
  }

  LoadLoop home() {
    return home;
  }

  /**
   * @param whenOpen called once: with null when the first bytes of the stream are here, or with the
   *     reason why none will come
   */
  void connect(StreamTarget target, Consumer<@Nullable String> whenOpen) {
    progress.connecting();
    ended = false;
    byte[] request = target.requests().of(number, progress.lastEventId());
    StreamConnection connection =
        new StreamConnection(progress, request, whenOpen, this::endedByServer);
    ChannelFuture connecting = home.bootstrap(connection).connect(target.address(), source(number));
    channel = connecting.channel();
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            connection.failed(String.valueOf(done.cause()));
          }
        });
  }

  private static InetSocketAddress source(int number) {
    return new InetSocketAddress("127.0.0." + (2 + number / STREAMS_PER_ADDRESS), 0);
  }

  /**
   * Comes back with its last id.
   *
   * @param goal it is whole again when every event before this one is here
   * @param whenWhole called once, with null, or with the reason why it failed
   */
  void resume(StreamTarget target, long goal, Consumer<@Nullable String> whenWhole) {
    long start = BenchClock.nanos();
    progress.onReaching(
        goal,
        () -> {
          home.tally().resumed(BenchClock.nanos() - start);
          whenWhole.accept(null);
        });
    connect(
        target,
        failure -> {
          if (failure != null) {
            whenWhole.accept(failure);
          }
        });
  }

  /** Goes away without a word, as a client does whose network is gone; it keeps what it has. */
  void vanish() {
    Channel now = channel;
    channel = null;
    if (now != null) {
      now.close();
    }
  }

  /** When the server ends the stream, comes back there, after the time it was told to wait. */
  void failOverTo(StreamTarget target) {
    elsewhere = target;
    if (ended) {
      comeBack(target);
    }
  }

  private void endedByServer(StreamConnection connection) {
    if (!connection.isOf(channel)) {
      return;
    }
    ended = true;
    if (connection.hasBegun()) {
      home.ended(new Ending(BenchClock.nanos(), progress.isReconnectAnnounced()));
    }
    if (elsewhere != null) {
      comeBack(elsewhere);
    }
  }

  private void comeBack(StreamTarget target) {
    long wait = progress.retry().toMillis();
    home.loop().schedule(() -> connect(target, failure -> {}), wait, TimeUnit.MILLISECONDS);
  }

  void setReading(boolean reading) {
    if (channel != null) {
      channel.config().setAutoRead(reading);
    }
  }

  DeliveryCheck check(DeliveryCheck others, long published) {
    return others.plus(progress, published, ended);
  }
}
