package io.millrace.lifecycle;

import io.millrace.identity.SigningKeys;
import io.millrace.kafka.TopicTail;
import io.millrace.kafka.control.ControlTopic;
import jakarta.inject.Singleton;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready: the recent past is in memory, so a subscriber can be served, and what was revoked is
 * known, so that nobody is served who must not be; and tokens can be verified. Outages of the
 * broker or of the issuer don't end it. What is missing is said as the reason.
 */
@Readiness
@Singleton
public final class StreamReadiness implements HealthCheck {

  private final TopicTail tail;
  private final ControlTopic control;
  private final SigningKeys keys;

  StreamReadiness(TopicTail tail, ControlTopic control, SigningKeys keys) {
    this.tail = tail;
    this.control = control;
    this.keys = keys;
  }

  public boolean isReady() {
    return tail.isReady() && control.isReady() && keys.areKnown();
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer =
        HealthCheckResponse.named("tail")
            .status(isReady())
            .withData("warm", tail.isReady())
            .withData("revocationsKnown", control.isReady())
            .withData("keysKnown", keys.areKnown());
    Stream.of(keys.reason(), tail.reason(), control.reason())
        .filter(reason -> !reason.isEmpty())
        .findFirst()
        .ifPresent(reason -> answer.withData("reason", reason));
    return answer.build();
  }
}
