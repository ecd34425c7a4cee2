package io.millrace.bench.stalled;

import io.millrace.bench.measure.LoadFigure;
import io.millrace.bench.stream.DeliveryCheck;

/**
 * What one round showed, with or without stalled clients.
 *
 * @param load of the clients that read
 * @param memory of the server and of the kernel
 * @param live check of the clients that read
 * @param stalled check of those that did not, once they read again
 * @param ended stalled streams that the server ended
 */
record StalledFigures(
    LoadFigure load, Memory memory, DeliveryCheck live, DeliveryCheck stalled, int ended) {

  /**
   * Bytes, after garbage collection, with all clients connected and the buffers of the stalled ones
   * full.
   *
   * @param heap live
   * @param resident of the server's process
   * @param kernel of all TCP sockets of the machine, more than before the server started
   */
  record Memory(long heap, long resident, long kernel) {}

  boolean isRight() {
    return live.isExactlyOnce() && stalled.isHonest();
  }
}
