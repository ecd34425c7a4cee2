package io.millrace.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Posts as no publisher of good will sends them. What of them is taken is for nobody. */
final class HostilePosts {

  private static final List<String> QUERIES =
      List.of(
          "?key=user:nobody",
          "?key=user:nobody",
          "?scope=user:nobody&scope=user:no-one",
          "?key=",
          "?key=a&key=b",
          "?key=%zz",
          "?key=user:%0d%0aX:1",
          "?key=user:%1b%5b31m",
          "?scope=role:a",
          "?key=user:nobody&runid=%00",
          "");

  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/json; charset=utf-8",
          "application/json; charset=utf-16",
          "application/cloudevents+json",
          "application/cloudevents+json",
          "application/cloudevents-batch+json",
          "application/cloudevents-batch+json",
          "application/cloudevents+xml",
          "application/x+json;;;",
          "text/plain",
          ";",
          "");

  private static final List<String> BODIES =
      List.of(
          "{\"n\":1}",
          "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/s\",\"type\":\"t\",\"data\":{}}",
          "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/s\",\"type\":\"stream.end\",\"data\":1}",
          "{\"specversion\":\"1.0\",\"id\":\"\\u000a\",\"source\":\"\",\"type\":\"t\",\"data\":1}",
          "{\"specversion\":1.0,\"id\":[[]],\"source\":null,\"type\":\"t\",\"data_base64\":\"AA==\"}",
          "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/s\",\"type\":\"t\",\"\u001b[31m\":\"x\",\"data\":1}",
          "{\"n\":\"\n\"}",
          "{\"n\":\r\n1}",
          "null",
          "[]",
          "[[]]",
          "{}{}",
          "{",
          "\"",
          "",
          "\u0000",
          "\ud83c\udf0a");

  private final Random random;

  HostilePosts(Random random) {
    this.random = random;
  }

  /** The bytes of one. */
  byte[] next(String path, String token) {
    byte[] body = body().getBytes(StandardCharsets.UTF_8);
    String head =
        "POST "
            + path
            + one(QUERIES)
            + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
            + token
            + "\r\nContent-Type: "
            + one(TYPES)
            + "\r\n"
            + attributes()
            + "Content-Length: "
            + body.length
            + "\r\n\r\n";
    byte[] start = head.getBytes(StandardCharsets.UTF_8);
    byte[] all = java.util.Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  private String body() {
    return switch (random.nextInt(8)) {
      case 0 -> "[" + one(BODIES) + "," + one(BODIES) + "]";
      case 1 -> "[" + (one(BODIES) + ",").repeat(random.nextInt(2_000)) + one(BODIES) + "]";
      case 2 -> "[".repeat(random.nextInt(70_000));
      case 3 -> "\"" + "x".repeat(random.nextInt(70_000)) + "\"";
      default -> one(BODIES);
    };
  }

  private String attributes() {
    if (random.nextInt(3) > 0) {
      return "";
    }
    String type = one(List.of("t", "%ff", "%", "stream.reset", "a%0Ab", "x".repeat(300), ""));
    String time = one(List.of("2026-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z", "now"));
    return "ce-specversion: 1.0\r\nce-id: 1\r\nce-source: /s\r\nce-type: "
        + type
        + "\r\nce-time: "
        + time
        + "\r\nce-X_y: \u00e9\r\n";
  }

  private String one(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}
