package io.millrace.lifecycle;

import io.millrace.kafka.TopicTail;
import io.millrace.kafka.control.ControlTopic;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready: the recent past is in memory, so a subscriber can be served, and what was revoked is
 * known, so that nobody is served who must not be. Broker outages don't end it.
 */
@Readiness
@Singleton
final class StreamReadiness implements HealthCheck {

  private final TopicTail tail;
  private final ControlTopic control;

  StreamReadiness(TopicTail tail, ControlTopic control) {
    this.tail = tail;
    this.control = control;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("tail")
        .status(tail.isReady() && control.isReady())
        .withData("warm", tail.isReady())
        .withData("revocationsKnown", control.isReady())
        .build();
  }
}
