package io.millrace.connection;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * The sending side of one open response. Everything here happens on its event loop, and nothing
 * blocks; a write to a closed connection is dropped.
 */
public interface EventStream {

  /** Time for the last bytes of an ended stream to leave before it is cut. */
  Duration CLOSE_GRACE = Duration.ofSeconds(5);

  /** The cheapest way to write to this response, whose head was written. */
  static EventStream of(RoutingContext context) {
    return Http1EventStream.of(context).orElseGet(() -> new ResponseEventStream(context));
  }

  /** Whether the socket takes more: false once a bounded amount waits for it. */
  boolean isWritable();

  /** Queues frames; does not take over the caller's reference. */
  void write(FrameBuffer frames);

  /** Sends what was queued with one system call. */
  void flush();

  /** What to do each time the socket takes more again. */
  void onDrain(Runnable action);

  /**
   * Ends the response and closes its connection, after {@link #CLOSE_GRACE} even where the client
   * reads nothing.
   */
  void end();

  /**
   * Closes its connection, or resets the one stream of it, without the end of the response: the
   * client sees that something is missing.
   */
  void breakOff();
}
