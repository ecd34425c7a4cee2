package io.millrace.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The probe, by which {@code millrace doctor} examines proxies: {@code millrace.probe.*}. */
public interface ProbeConfig {
  /**
   * Whether it is answered. Whoever has a token learns the names of the headers that proxies add,
   * and nothing of other callers.
   */
  @WithDefault("true")
  boolean enabled();

  /**
   * Most requests of the probe at a time, apart from {@code millrace.limits.*}: three examinations,
   * each at the limit of its caller. Each may hold 64 KiB.
   */
  @WithDefault("32")
  int maxStreams();

  /**
   * Most by which a client that reads slowly may keep a stream behind its schedule; then it is cut.
   * The largest, 16 MiB, passes at one megabit a second.
   */
  @WithDefault("2m")
  Duration maxLate();

  /** Most streams of one caller: four more than a browser has connections to a host. */
  @WithDefault("10")
  int maxPerCaller();
}
