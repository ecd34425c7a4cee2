package io.millrace.ingress;

/**
 * How long a tier lets a stream be silent.
 *
 * @param defaultSeconds without a rule; 0 for no limit
 * @param minSeconds least that can be configured; equal to the most where there is no knob
 * @param maxSeconds most that can be configured
 * @param knob its name in the tier's own configuration; empty where there is none
 */
public record IdleTimeout(int defaultSeconds, int minSeconds, int maxSeconds, String knob) {

  /** A limit nobody can change. */
  public static IdleTimeout fixed(int seconds) {
    return new IdleTimeout(seconds, seconds, seconds, "");
  }

  /** A knob that takes any number of seconds. */
  public static IdleTimeout any(int defaultSeconds, String knob) {
    return new IdleTimeout(defaultSeconds, 1, Integer.MAX_VALUE, knob);
  }

  /** What is set when this much is wished for. */
  public int seconds(int wish) {
    return Math.max(minSeconds, Math.min(maxSeconds, wish));
  }
}
