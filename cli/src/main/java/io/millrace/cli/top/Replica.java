package io.millrace.cli.top;

import io.millrace.cli.runtime.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/** A replica, by its management port. */
public final class Replica {

  /** Below it nobody calls a screen live. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI address;
  private final URI metrics;

  /**
   * @param address such as {@code http://localhost:9000}; a path is kept as the root of metrics
   */
  public Replica(URI address) {
    this.address = address;
    this.metrics = URI.create(address.toString().replaceAll("/+$", "") + "/q/metrics");
  }

  Scrape scrape() throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(metrics).timeout(PATIENCE).build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new Failure(metrics + " answers " + answer.statusCode());
      }
      return Scrape.of(Instant.now(), answer.body());
    } catch (IOException silent) {
      throw new Failure(metrics + " does not answer: " + silent);
    }
  }

  /** What it did in a stretch of time, beginning now. */
  public String page(Duration stretch) throws InterruptedException {
    Scrape before = scrape();
    Thread.sleep(stretch.toMillis());
    return Page.of(address, new Figures(before, scrape()));
  }
}
