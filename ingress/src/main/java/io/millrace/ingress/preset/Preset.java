package io.millrace.ingress.preset;

import io.millrace.ingress.Capability;
import io.millrace.ingress.IdleTimeout;

/**
 * What one controller can do for a stream; what it is told is in the template of {@link Presets}.
 *
 * @param id its name in the template, and in messages
 */
record Preset(String id, Capability capability) {

  static Preset idleOnly(String id, IdleTimeout idle) {
    return new Preset(id, Capability.idleOnly(idle));
  }

  /** A limit of the chart's file: what holds without the preset, and the most that can be set. */
  String idle() {
    IdleTimeout idle = capability.idle();
    if (idle.defaultSeconds() == 0) {
      return "{}";
    }
    return idle.maxSeconds() == Integer.MAX_VALUE
        ? "{default: %d}".formatted(idle.defaultSeconds())
        : "{default: %d, most: %d}".formatted(idle.defaultSeconds(), idle.maxSeconds());
  }
}
