package io.millrace.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Publishing over HTTP: {@code millrace.publish.*}. */
public interface PublishConfig {
  /** Whether POST is answered at all. Without the role nobody can use it, so it may be on. */
  @WithDefault("true")
  boolean enabled();

  /** The role, among those of the token, that may publish: to anyone, of any tenant. */
  @WithDefault("publisher")
  String role();

  /** Largest body: sixteen of the largest events, or some thousands of small ones. */
  @WithDefault("1M")
  MemorySize maxBodySize();

  /** Most events of one batch: each has a cursor in the answer. */
  @WithDefault("1000")
  int maxBatchEvents();

  /** Bytes of bodies that may be on their way at once; beyond them a request is put off. */
  @WithDefault("16M")
  MemorySize maxInFlight();

  /** How long a body may take to arrive, and the broker to acknowledge it. */
  @WithDefault("10s")
  Duration timeout();
}
