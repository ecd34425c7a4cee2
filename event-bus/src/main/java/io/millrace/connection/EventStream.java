package io.millrace.connection;

import io.vertx.ext.web.RoutingContext;

/**
 * The sending side of one open response. Everything here happens on its event loop, and nothing
 * blocks; a write to a closed connection is dropped.
 */
public interface EventStream {

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

  /** Ends the response and closes its connection. */
  void end();
}
