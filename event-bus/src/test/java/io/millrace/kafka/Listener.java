package io.millrace.kafka;

import io.millrace.connection.CloseReason;
import io.millrace.connection.EventStream;
import io.millrace.connection.FrameBuffer;
import io.millrace.connection.Lease;
import io.millrace.control.Credential;
import io.millrace.event.Scope;
import io.millrace.fanout.Fanout;
import io.millrace.fanout.ResumePoint;
import io.millrace.fanout.Shard;
import io.millrace.fanout.Subscriber;
import io.millrace.fanout.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An open stream of everything, on an event loop of its own, that keeps what it was sent. */
final class Listener implements EventStream, AutoCloseable {

  private static final String DATA = "data: ";

  private final ExecutorService loop = Executors.newSingleThreadExecutor();
  private final StringBuffer sent = new StringBuffer();

  Listener(Fanout fanout) {
    this(fanout, ResumePoint.Live.INSTANCE);
  }

  Listener(Fanout fanout, ResumePoint from) {
    Shard shard = fanout.shard(loop);
    Instant now = Instant.now();
    Lease lease = new Lease(now.plus(Duration.ofDays(1)), CloseReason.MAX_AGE);
    Subscriber subscriber =
        new Subscriber(
            Subscription.of(Set.of(Scope.Everyone.INSTANCE)),
            this,
            lease,
            Credential.of("anyone", Optional.empty(), Optional.empty()),
            now);
    loop.execute(() -> shard.attach(subscriber, from));
  }

  /** The data of all events so far, those of the server's own included. */
  List<String> data() {
    return sent.toString()
        .lines()
        .filter(line -> line.startsWith(DATA))
        .map(line -> line.substring(DATA.length()))
        .toList();
  }

  @Override
  public boolean isWritable() {
    return true;
  }

  @Override
  public void write(FrameBuffer frames) {
    sent.append(new String(frames.payload(), StandardCharsets.UTF_8));
  }

  @Override
  public void flush() {}

  @Override
  public void onDrain(Runnable action) {}

  @Override
  public void end() {}

  @Override
  public void breakOff() {}

  @Override
  public void close() {
    loop.shutdownNow();
  }
}
