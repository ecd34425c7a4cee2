package io.millrace.cli.conformance;

import io.millrace.cli.http.TinyOrigin.Exchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A request as the deployment of a test reads it. */
record TestRequest(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {

  static TestRequest of(Exchange exchange) throws IOException {
    String[] line = exchange.requestLine().split(" ");
    String[] target = line[1].split("\\?", 2);
    Map<String, String> query = new LinkedHashMap<>();
    if (target.length > 1) {
      Arrays.stream(target[1].split("&"))
          .map(pair -> pair.split("=", 2))
          .forEach(pair -> query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
    int length = Integer.parseInt(exchange.headers().getOrDefault("content-length", "0"));
    char[] body = new char[length];
    for (int read = 0; read < length; ) {
      read += exchange.in().read(body, read, length - read);
    }
    // The origin reads bytes as ISO 8859-1.
    String text =
        new String(new String(body).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return new TestRequest(line[0], target[0], query, exchange.headers(), text);
  }

  /** The same with this parameter. */
  TestRequest with(String parameter, String value) {
    Map<String, String> other = new LinkedHashMap<>(query);
    other.put(parameter, value);
    return new TestRequest(method, path, other, headers, body);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }
}
