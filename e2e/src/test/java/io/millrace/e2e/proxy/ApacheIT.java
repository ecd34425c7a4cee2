package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Origin;
import io.millrace.e2e.SseReader;
import org.junit.jupiter.api.Test;

/** The rule in Apache httpd, and what happens with a line made wrong. */
class ApacheIT extends RuleContract {

  ApacheIT() {
    super(new Apache(), Protocol.HTTP_1_1, Protocol.HTTP_2);
  }

  @Override
  boolean noticesAtOnceThatAClientLeft(Protocol protocol) {
    return false;
  }

  @Test
  void withoutItsLineAStreamIsCompressedAlthoughItSaysNoTransform() throws Exception {
    // Given
    ProxyRule wrong = proxy.shipped().replace(" no-gzip=1 no-brotli=1", " another=1");
    try (Origin origin = new Origin();
        ProxyProcess running = start(wrong, Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS, "Accept-Encoding", "gzip")) {

      // When
      origin.next().openStream(CHUNKED, "Cache-Control: no-cache, no-transform");

      // Then
      assertThat(reader.response().headers().firstValue("Content-Encoding")).contains("gzip");
    }
  }
}
