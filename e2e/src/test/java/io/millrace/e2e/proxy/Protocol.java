package io.millrace.e2e.proxy;

import java.net.http.HttpClient;
import java.time.Duration;

/** What a client speaks to a proxy: HTTP/2 only over TLS, as browsers do. */
public enum Protocol {
  HTTP_1_1("http", HttpClient.Version.HTTP_1_1),
  HTTP_2("https", HttpClient.Version.HTTP_2);

  private final String scheme;
  private final HttpClient.Version version;
  private final HttpClient client;

  Protocol(String scheme, HttpClient.Version version) {
    this.scheme = scheme;
    this.version = version;
    this.client =
        HttpClient.newBuilder()
            .version(version)
            .sslContext(TestCertificate.trusted())
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  String scheme() {
    return scheme;
  }

  /** The version a response must have, or the two did not agree on this one. */
  public HttpClient.Version version() {
    return version;
  }

  /** Trusts the certificate of the tests. */
  public HttpClient client() {
    return client;
  }

  public boolean isSecure() {
    return this == HTTP_2;
  }
}
