package io.millrace.cli.conformance.deployment;

import io.millrace.cli.conformance.wire.Answer;
import io.millrace.cli.conformance.wire.Request;
import io.millrace.cli.conformance.wire.Violation;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.UUID;

/** Posts to the surface itself: nothing but the deployment need be within reach. */
public final class HttpPublisher implements Publisher {

  private final HttpClient http;
  private final Target target;
  private final String token;

  /**
   * @param token of a publisher
   */
  public HttpPublisher(HttpClient http, Target target, String token) {
    this.http = http;
    this.target = target;
    this.token = token;
  }

  @Override
  public void publish(String key, String json, Optional<String> type)
      throws Violation, IOException, InterruptedException {
    try (Answer answer =
        type.isPresent()
            ? request(key).post("application/cloudevents+json", cloudEvent(json, type.get())).send()
            : request(key).post("application/json", json).send()) {
      answer.awaitEnd(target.timeout());
      if (answer.status() != 202) {
        throw new Violation("a POST was answered " + answer);
      }
    }
  }

  /** A request of the publisher for this key, without a body yet. */
  public Request request(String key) {
    return new Request(http, target.uri(), target.timeout())
        .query(target.surface().addressing(), key)
        .bearer(token);
  }

  /** The name is one of ours, which needs no escaping. */
  private static String cloudEvent(String json, String type) {
    return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/millrace/conformance\",\"type\":\"%s\",\"data\":%s}"
        .formatted(UUID.randomUUID(), type, json);
  }

  @Override
  public void close() {
    // Nothing is held between two events.
  }
}
