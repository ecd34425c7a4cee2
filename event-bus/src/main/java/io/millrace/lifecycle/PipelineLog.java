package io.millrace.lifecycle;

import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.Meters;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What of Netty's report of faults that nobody handled reaches the log. Any thread.
 *
 * <p>That connections can't be accepted, Netty says every second with a stack trace for as long as
 * the process has no file descriptor left: it is said once. Netty itself then waits a second before
 * it tries again, so it recovers without us. A malformed request whose client has hung up is not
 * said: anybody could fill the log with them.
 */
public final class PipelineLog implements Filter {

  /** Where Netty reports what nobody handled; of an accepted connection Vert.x handles all. */
  static final String LOGGER = "io.netty.channel.DefaultChannelPipeline";

  /** A quiet minute ends an episode: what comes later is said again. */
  static final Duration QUIET = Duration.ofMinutes(1);

  /** errno EMFILE as the C library words it, from NIO and epoll alike. */
  private static final String NO_DESCRIPTOR = "Too many open files";

  private final InstantSource clock;
  private final Meters meters;
  private final AtomicLong lastMillis = new AtomicLong(Long.MIN_VALUE / 2);

  public PipelineLog(InstantSource clock, Meters meters) {
    this.clock = clock;
    this.meters = meters;
  }

  /** Listens from now on. */
  public void watch() {
    Logger.getLogger(LOGGER).setFilter(this);
  }

  @Override
  public boolean isLoggable(LogRecord record) {
    if (record.getThrown() instanceof DecoderException) {
      return false;
    }
    if (!(record.getThrown() instanceof IOException failure)
        || !failure.toString().contains(NO_DESCRIPTOR)) {
      return true;
    }
    meters.acceptFailed();
    long now = clock.millis();
    if (now - lastMillis.getAndSet(now) >= QUIET.toMillis()) {
      EventBusLog.LOG.noDescriptor(NO_DESCRIPTOR);
    }
    return false;
  }
}
