package io.millrace.cli.up;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a replica's management port whether it is ready for subscribers. Any thread. */
final class ReadinessProbe {

  /** A replica that takes longer to say that it is ready is not. */
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  boolean isReady(int managementPort) throws InterruptedException {
    URI health = URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready");
    try {
      HttpRequest request = HttpRequest.newBuilder(health).timeout(TIMEOUT).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notListening) {
      return false;
    }
  }
}
