package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Origin;
import io.millrace.e2e.SseReader;
import org.junit.jupiter.api.Test;

/** The rule in lighttpd, and what happens with a line made wrong. */
class LighttpdIT extends RuleContract {

  LighttpdIT() {
    super(new Lighttpd(), Protocol.HTTP_1_1, Protocol.HTTP_2);
  }

  @Override
  boolean noticesAtOnceThatAClientLeft(Protocol protocol) {
    return protocol == Protocol.HTTP_2;
  }

  @Test
  void withTheWriteTimeoutOfTheSiteASilentStreamIsCut() throws Exception {
    // Given: it counts from the last write, though there is nothing to write
    ProxyRule wrong = proxy.shipped().replace("server.max-write-idle := 3600\n", "");
    try (Origin origin = new Origin();
        ProxyProcess running = start(wrong, Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS)) {

      // When
      origin.next().openStream(CHUNKED);

      // Then
      reader.awaitLine(": ready");
      assertThat(reader.awaitEnding()).isEqualTo(SseReader.Ending.CUT);
    }
  }
}
