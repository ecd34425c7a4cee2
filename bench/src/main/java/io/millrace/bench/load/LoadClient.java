package io.millrace.bench.load;

import io.millrace.bench.stream.DeliveryCheck;
import io.millrace.bench.stream.LoopTally;
import io.millrace.bench.stream.StreamProgress;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntToLongFunction;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * Holds SSE clients on several loopback addresses and counts their events. Methods: one thread; the
 * clients live on event loops.
 */
public final class LoadClient implements AutoCloseable {

  /** Latency is taken on one client in this many, spread evenly over all. */
  private static final int SAMPLE_EVERY = 8;

  /** Connections under way per event loop; well below the smallest usual backlog of 128. */
  private static final int OPENING_AT_ONCE = 64;

  private final ClientSettings settings;
  private final EpollEventLoopGroup group;
  private final List<LoadLoop> loops = new ArrayList<>();
  private final List<LoadStream> streams = new ArrayList<>();

  public LoadClient(ClientSettings settings) {
    this.settings = settings;
    group =
        new EpollEventLoopGroup(
            settings.loops(), new DefaultThreadFactory("load", true), CoalescedReads::new);
    for (EventExecutor loop : group) {
      loops.add(new LoadLoop((EventLoop) loop, settings.receiveBuffer()));
    }
  }

  /**
   * Opens {@code count} more streams, of which nothing was published yet; returns when each has its
   * first bytes, fails when one has not within the limit.
   */
  public void open(StreamTarget target, int count, Duration limit) throws InterruptedException {
    open(target, count, client -> 0, limit);
  }

  /**
   * As above.
   *
   * @param first sequence number of the first event of each client
   */
  public void open(StreamTarget target, int count, IntToLongFunction first, Duration limit)
      throws InterruptedException {
    List<LoadStream> opening = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      opening.add(client(first));
    }
    int atOnce = OPENING_AT_ONCE * loops.size();
    Turnstile.start(opening, atOnce, (stream, done) -> stream.connect(target, done))
        .await("open", limit);
  }

  private LoadStream client(IntToLongFunction first) {
    int number = streams.size();
    LoadLoop home = loops.get(number % loops.size());
    boolean sampled = number / loops.size() % SAMPLE_EVERY == 0;
    StreamProgress progress =
        new StreamProgress(home.tally(), first.applyAsLong(number), sampled, settings.resumes());
    LoadStream stream = new LoadStream(number, home, progress);
    streams.add(stream);
    home.loop().execute(() -> home.add(stream));
    return stream;
  }

  /** Every client goes away without a word, and keeps its last id. */
  public void vanish() {
    each(LoadStream::vanish);
  }

  /**
   * Every client comes back with its last id.
   *
   * @param atOnce most clients on their way at a time
   * @param goal for each client the sequence number after the last event it has missed
   */
  public Resumption resume(StreamTarget target, int atOnce, IntToLongFunction goal) {
    takeResumed();
    Turnstile turnstile =
        Turnstile.start(
            streams,
            atOnce,
            (stream, done) -> stream.resume(target, goal.applyAsLong(stream.number()), done));
    return new Resumption(turnstile, this::takeResumed);
  }

  /** From now on, clients whose stream the server ends come back there. */
  public void failOverTo(StreamTarget target) {
    each(stream -> stream.failOverTo(target));
  }

  /** Whether clients take what comes; one that does not fills its socket's buffers. */
  public void setReading(boolean reading) {
    each(stream -> stream.setReading(reading));
  }

  private void each(Consumer<LoadStream> action) {
    loops.forEach(loop -> loop.each(action));
  }

  /** Events received so far, over all clients. */
  public long delivered() {
    return sum(LoopTally::delivered);
  }

  /** Bytes received so far, heads and framing included. */
  public long bytes() {
    return sum(LoopTally::bytes);
  }

  /** Socket reads so far. */
  public long reads() {
    return sum(LoopTally::reads);
  }

  private long sum(ToLongFunction<LoopTally> figure) {
    return loops.stream().map(LoadLoop::tally).mapToLong(figure).sum();
  }

  /** Nanoseconds from publishing to receiving, of the sampled clients, since the last call. */
  public Histogram takeLatency() {
    return take(LoopTally::takeLatency);
  }

  private Histogram takeResumed() {
    return take(LoopTally::takeResumed);
  }

  private Histogram take(Function<LoopTally, Histogram> figure) {
    Histogram all = new Histogram(LoopTally.SIGNIFICANT_DIGITS);
    loops.forEach(loop -> all.add(figure.apply(loop.tally())));
    return all;
  }

  /** Every stream that a server has ended. */
  public List<Ending> endings() {
    return loops.stream().flatMap(loop -> loop.endings().stream()).toList();
  }

  /** Compares what every client received with what was published for all. */
  public DeliveryCheck check(long published) {
    return check(client -> published);
  }

  /**
   * Compares what every client received with what was published for it.
   *
   * @param published sequence number after the last, for each client
   */
  public DeliveryCheck check(IntToLongFunction published) {
    return loops.stream()
        .map(loop -> loop.check(published))
        .reduce(DeliveryCheck.NONE, DeliveryCheck::and);
  }

  /** Closes every stream at once and returns when they are closed. */
  @Override
  public void close() {
    vanish();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    loops.forEach(LoadLoop::release);
  }
}
