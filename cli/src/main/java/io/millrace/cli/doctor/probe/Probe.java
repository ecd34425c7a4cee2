package io.millrace.cli.doctor.probe;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The probe of one surface, for one run. Any thread. */
public final class Probe {

  /** The probe itself lets a caller have ten; one is left for whoever runs a doctor as well. */
  public static final int MAX_STREAMS = 9;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(8);

  /** When the probe is full because it has not seen yet that we left; it says how long itself. */
  private static final int MAX_TRIES = 6;

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final URI uri;
  private final String run;
  private final Optional<String> token;
  private final HttpClient http;
  private final Semaphore lanes = new Semaphore(MAX_STREAMS);
  private final Map<String, Integer> sent = new ConcurrentHashMap<>();

  /**
   * @param uri of the probe, with a query where it needs one
   * @param run name of this examination
   */
  public Probe(URI uri, String run, Optional<String> token) {
    this.uri = uri;
    this.run = run;
    this.token = token;
    http = client();
  }

  private HttpClient client() {
    // As a browser: HTTP/2 where TLS offers it, and no upgrade without TLS.
    boolean tls = "https".equals(uri.getScheme());
    return HttpClient.newBuilder()
        .version(tls ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT_TIMEOUT)
        .build();
  }

  public URI uri() {
    return uri;
  }

  public String run() {
    return run;
  }

  public Optional<String> token() {
    return token;
  }

  /** How often each name was sent. */
  public Map<String, Integer> sent() {
    return Map.copyOf(sent);
  }

  /** Opens never more than this many streams at once from here on. Waits until so few are open. */
  public void openAtMost(int streams) throws InterruptedException {
    lanes.acquire(MAX_STREAMS - streams);
  }

  /** Sends a request, as soon as fewer than the most streams are open. */
  public Recording open(ProbeRequest request) throws InterruptedException {
    lanes.acquire();
    sent.merge(request.name(), 1, Integer::sum);
    Recording recording = new Recording(request, lanes::release);
    HttpRequest.Builder asked = request(parameters(request), request.longest());
    request.headers().forEach(asked::setHeader);
    var unused =
        http.sendAsync(asked.build(), recording.intake())
            .whenComplete(
                (response, failure) ->
                    Optional.ofNullable(failure)
                        .ifPresent(
                            why -> recording.ended(Ending.BROKEN, Optional.of(causeOf(why)))));
    return recording;
  }

  private static Throwable causeOf(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause == null ? failure : cause;
  }

  /** Sends a request and waits for its end, which it makes when it does not come in time. */
  public Recording play(ProbeRequest request) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      Recording recording = finish(open(request));
      if (!recording.isProbeFull() || tries == MAX_TRIES) {
        return recording;
      }
      Thread.sleep(BETWEEN_TRIES.toMillis());
    }
  }

  /** Waits for the end, and makes it when it does not come in time. */
  public static Recording finish(Recording recording) throws InterruptedException {
    if (!recording.awaitEnd(recording.request().longest())) {
      recording.leave();
    }
    return recording;
  }

  /** What one replica, whichever answers, saw of this run; empty when it does not say. */
  public Optional<ServerReport> report() throws InterruptedException {
    try {
      HttpResponse<String> answer =
          http.send(reportRequest(), HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? ServerReport.in(answer.body()) : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** Milliseconds an ordinary request takes over a connection that is there already. */
  public double roundTripMillis() throws InterruptedException {
    return timed(http);
  }

  /** Milliseconds it takes with the making of the connection. */
  public double firstRoundTripMillis() throws InterruptedException {
    return timed(client());
  }

  private double timed(HttpClient client) throws InterruptedException {
    long start = System.nanoTime();
    try {
      client.send(reportRequest(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException gone) {
      // A failed request takes as long as it took; what is wrong is found by others.
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private HttpRequest reportRequest() {
    return request(Map.of("phase", "report"), CONNECT_TIMEOUT).build();
  }

  private Map<String, String> parameters(ProbeRequest request) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("phase", request.phase().id());
    all.putAll(request.parameters());
    all.put("request", request.name());
    return all;
  }

  private HttpRequest.Builder request(Map<String, String> parameters, Duration headTimeout) {
    StringBuilder address = new StringBuilder(uri.toString());
    address.append(uri.getRawQuery() == null ? '?' : '&').append("run=").append(run);
    parameters.forEach(
        (name, value) ->
            address
                .append('&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.toString()))
            .timeout(headTimeout)
            .header("Accept", "text/event-stream");
    token.ifPresent(jwt -> request.header("Authorization", "Bearer " + jwt));
    return request;
  }
}
