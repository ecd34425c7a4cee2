package io.millrace.cli.conformance.wire;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A request in the making. For one thread. */
public final class Request {

  private final HttpClient http;
  private final Duration timeout;
  private final HttpRequest.Builder builder = HttpRequest.newBuilder();
  private final StringBuilder uri;
  private String method = "GET";
  private BodyPublisher body = BodyPublishers.noBody();

  /**
   * @param timeout how long the head of the answer may take
   */
  public Request(HttpClient http, URI uri, Duration timeout) {
    this.http = http;
    this.timeout = timeout;
    this.uri = new StringBuilder(uri.toString());
  }

  public Request query(String name, String value) {
    uri.append(uri.indexOf("?") < 0 ? '?' : '&')
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    return this;
  }

  public Request header(String name, String value) {
    builder.setHeader(name, value);
    return this;
  }

  public Request bearer(String token) {
    return header("Authorization", "Bearer " + token);
  }

  public Request lastEventId(String id) {
    return header("Last-Event-ID", id);
  }

  public Request method(String name) {
    method = name;
    return this;
  }

  /** A POST of this text. */
  public Request post(String contentType, String text) {
    body = BodyPublishers.ofString(text);
    return method("POST").header("Content-Type", contentType);
  }

  /** Sends it and waits for the head of the answer. */
  public Answer send() throws Violation, IOException, InterruptedException {
    HttpRequest request =
        builder.uri(URI.create(uri.toString())).timeout(timeout).method(method, body).build();
    try {
      return Answer.reading(http.send(request, BodyHandlers.ofInputStream()));
    } catch (HttpTimeoutException e) {
      throw new Violation("no answer came within " + timeout.toMillis() + " ms");
    }
  }
}
