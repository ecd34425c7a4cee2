package io.millrace.cli.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An answer that is no stream. */
record Refusal(String status, Map<String, String> headers, String body) {

  static Refusal problem(int status, String extra) {
    return new Refusal(
        status + " Refused",
        Map.of("Content-Type", "application/problem+json"),
        "{\"type\":\"about:blank\",\"status\":" + status + extra + "}");
  }

  static Optional<Refusal> unauthorized(String challenge) {
    return Optional.of(problem(401, "").with("WWW-Authenticate", challenge));
  }

  Refusal with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Refusal(status, more, body);
  }
}
