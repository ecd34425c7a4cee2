package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Origin;
import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.SseReader;
import org.junit.jupiter.api.Test;

/** The rule in Traefik 3, and what a middleware or a total timeout does to a stream. */
class TraefikIT extends RuleContract {

  private static final String NO_MIDDLEWARE =
      "service: millrace-ai-events\n      middlewares: []\n";

  TraefikIT() {
    super(new Traefik(), Protocol.HTTP_1_1, Protocol.HTTP_2);
  }

  @Test
  void theCompressMiddlewareCompressesAStreamWhateverItsCacheControlSays() throws Exception {
    // Given
    ProxyRule wrong = withMiddleware("compress: {}");
    try (Origin origin = new Origin();
        ProxyProcess running = start(wrong, Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(AI_EVENTS, "Accept-Encoding", "gzip")) {
      OriginExchange exchange = origin.next();
      exchange.openStream(CHUNKED, "Cache-Control: no-cache, no-store, no-transform");

      // When
      exchange.event(1, 2 << 10);

      // Then
      assertThat(reader.response().headers().firstValue("Content-Encoding")).contains("gzip");
    }
  }

  private ProxyRule withMiddleware(String middleware) {
    return proxy
        .shipped()
        .replace(NO_MIDDLEWARE, "service: millrace-ai-events\n      middlewares: [wrong]\n")
        .replace(
            "  services:\n",
            "  middlewares:\n    wrong:\n      " + middleware + "\n\n  services:\n");
  }
}
