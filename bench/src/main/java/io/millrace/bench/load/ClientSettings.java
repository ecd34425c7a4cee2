package io.millrace.bench.load;

/**
 * What kind of clients a load client holds.
 *
 * @param loops event loops they are spread over
 * @param resumes whether they remember ids and can come back
 * @param receiveBuffer SO_RCVBUF in bytes; 0 for the kernel's choice
 */
public record ClientSettings(int loops, boolean resumes, int receiveBuffer) {

  /** They stay to the end, and only count. */
  public static ClientSettings counting(int loops) {
    return new ClientSettings(loops, false, 0);
  }

  /** They can come back with the id of the last event. */
  public static ClientSettings resuming(int loops) {
    return new ClientSettings(loops, true, 0);
  }
}
