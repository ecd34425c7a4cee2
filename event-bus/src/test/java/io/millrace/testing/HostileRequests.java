package io.millrace.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Requests for a surface as no client of good will sends them, GET and POST. The same seed makes
 * the same requests. Each kind of input has a method of its own: query, token, cookie, cursor.
 */
public final class HostileRequests {

  private static final List<String> NAMES =
      List.of(
          "lastEventId",
          "last_event_id",
          "lastEventID",
          "scope",
          "conversationId",
          "runId",
          "from",
          "profile",
          "access_token",
          "%6castEventId",
          "",
          "x");

  private static final List<String> PIECES =
      List.of(
          "user:alice",
          "role:a/b",
          "all",
          "%",
          "%zz",
          "%00",
          "%0d%0aX:%201",
          "%1b%5b31m",
          "%c0%af",
          "%ff%fe",
          "%ed%a0%80",
          "%u0041",
          "+",
          "=",
          "&&",
          ";",
          "1.e.AAAA",
          "live",
          "%F0%9F%8C%8A");

  private final Random random;
  private final Surface surface;
  private final String token;
  private final String cursor;
  private final HostilePosts posts;

  /**
   * @param token a good one, of a publisher
   * @param cursor a good one
   */
  public HostileRequests(long seed, Surface surface, String token, String cursor) {
    this.random = new Random(seed);
    this.surface = surface;
    this.token = token;
    this.cursor = cursor;
    this.posts = new HostilePosts(random);
  }

  /**
   * A request.
   *
   * @param wellFormed whether it is HTTP, so that a server must answer it
   */
  public record Hostile(byte[] bytes, boolean wellFormed) {}

  /** The next one; every third is no HTTP any more. */
  public Hostile next() {
    byte[] request = chance(4) ? posts.next(path(), token()) : request();
    return chance(3) ? new Hostile(damaged(request), false) : new Hostile(request, true);
  }

  private byte[] request() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, (chance(8) ? one("HEAD", "PUT", "DELETE", "PATCH", "BREW") : "GET") + " ");
    write(out, path() + query() + " HTTP/1." + (chance(10) ? "0" : "1") + "\r\nHost: x\r\n");
    for (int i = random.nextInt(4); i > 0; i--) {
      header(out);
    }
    if (!chance(4)) {
      write(out, "Authorization: Bearer " + token + "\r\n");
    }
    write(out, "\r\n");
    return out.toByteArray();
  }

  private String path() {
    return chance(10)
        ? one(
            "/", "//", surface.path() + "/", "/api/../api", "/%2e%2e/q/metrics", "/%zz", "/q/info")
        : surface.path();
  }

  private String query() {
    StringBuilder query = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      query.append(query.isEmpty() ? '?' : '&').append(oneOf(NAMES));
      query.append(chance(6) ? "" : "=").append(value());
    }
    return query.toString();
  }

  private String value() {
    StringBuilder value = new StringBuilder(chance(3) ? cursor : "");
    for (int i = random.nextInt(4); i > 0; i--) {
      value.append(oneOf(PIECES));
    }
    return value + (chance(20) ? "x".repeat(random.nextInt(3_000)) : "");
  }

  private void header(ByteArrayOutputStream out) {
    switch (random.nextInt(5)) {
      case 0 -> field(out, "Last-Event-ID", lastEventId());
      case 1 -> field(out, "Cookie", cookies());
      case 2 -> field(out, "Authorization", utf8(one("Bearer", "Bearer ", "Basic eDp5", token())));
      case 3 -> field(out, one("Accept", "Origin", "Accept-Encoding", "Referer"), noise(30));
      default -> field(out, "X-" + random.nextInt(9), noise(1_000));
    }
  }

  private byte[] lastEventId() {
    return switch (random.nextInt(5)) {
      case 0 -> utf8(cursor);
      case 1 -> utf8(cursor.substring(0, random.nextInt(cursor.length())));
      case 2 -> utf8("1." + "A".repeat(random.nextInt(4_000)));
      case 3 -> utf8(cursor + one("A", ".", "~", "\u00e9", " "));
      default -> noise(300);
    };
  }

  private byte[] cookies() {
    return switch (random.nextInt(4)) {
      case 0 -> utf8("millrace-token=" + token());
      case 1 ->
          utf8(one("=", ";;;", "millrace-token", "millrace-token=", "a=b; millrace-token=\""));
      case 2 -> utf8("millrace-token=" + token + "; millrace-token=" + token());
      default -> noise(200);
    };
  }

  /** A token that may be damaged. */
  private String token() {
    int at = random.nextInt(token.length());
    return chance(4)
        ? token
        : token.substring(0, at) + one("A", ".", "=", "") + token.substring(at);
  }

  /** Bytes a header may hold: visible ones, blanks, and those beyond ASCII. */
  private byte[] noise(int most) {
    byte[] noise = new byte[random.nextInt(most)];
    for (int i = 0; i < noise.length; i++) {
      int b = chance(6) ? 0x80 + random.nextInt(0x80) : 0x20 + random.nextInt(0x5f);
      noise[i] = (byte) b;
    }
    return noise;
  }

  /** Some bytes replaced, doubled, or cut off at the end. */
  private byte[] damaged(byte[] request) {
    byte[] damaged = request.clone();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      damaged[random.nextInt(damaged.length)] =
          chance(2) ? (byte) random.nextInt(256) : (byte) one("\r", "\n", ":", " ", "\0").charAt(0);
    }
    return chance(4) ? java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private String one(String... texts) {
    return oneOf(List.of(texts));
  }

  private String oneOf(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private static void field(ByteArrayOutputStream out, String name, byte[] value) {
    write(out, name + ": ");
    out.writeBytes(value);
    write(out, "\r\n");
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(utf8(text));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
