package io.millrace.fanout;

/**
 * Where what lies before the tail comes from. Many wait at the same time and are served by the same
 * reads. Any thread.
 */
public interface ReplaySource {

  /** Puts a subscriber in line; {@link Rider#board} or {@link Rider#reset} is called later. */
  void await(Rider rider);

  /** It no longer waits. Does nothing when its turn has come. */
  void withdraw(Rider rider);
}
