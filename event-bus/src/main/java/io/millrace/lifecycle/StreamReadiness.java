package io.millrace.lifecycle;

import io.millrace.kafka.TopicTail;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready: the recent past is in memory, so a subscriber can be served. Broker outages don't end it.
 */
@Readiness
@Singleton
final class StreamReadiness implements HealthCheck {

  private final TopicTail tail;

  StreamReadiness(TopicTail tail) {
    this.tail = tail;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("tail").status(tail.isReady()).build();
  }
}
