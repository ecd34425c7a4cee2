package io.millrace.cli.listen;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where a surface's stream is. */
public record StreamAddress(URI uri) {

  /**
   * The stream of a surface behind this server.
   *
   * @param server the address of the gateway or a proxy before it, with or without a path
   * @param surface {@code notifications}, or {@code ai} ({@code ai-events} is the same)
   * @throws IllegalArgumentException when there is no such stream
   */
  public static StreamAddress of(String server, String surface, Optional<String> conversation) {
    String base = server.replaceFirst("/+$", "");
    String path =
        switch (surface) {
          case "notifications" -> "/api/notifications";
          case "ai", "ai-events" -> "/api/ai/events";
          default ->
              throw new IllegalArgumentException(
                  "unknown surface '" + surface + "': notifications or ai");
        };
    if (conversation.isPresent() && !path.equals("/api/ai/events")) {
      throw new IllegalArgumentException("--conversation: only the surface ai has conversations");
    }
    String query =
        conversation
            .map(id -> "?conversationId=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
            .orElse("");
    URI uri = URI.create(base + path + query);
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw new IllegalArgumentException("--url: '" + server + "' is not an http address");
    }
    return new StreamAddress(uri);
  }
}
