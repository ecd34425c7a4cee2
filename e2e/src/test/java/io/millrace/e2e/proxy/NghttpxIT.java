package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Origin;
import io.millrace.e2e.SseReader;
import org.junit.jupiter.api.Test;

/** The rule in nghttpx, and what happens with a line made wrong. */
class NghttpxIT extends RuleContract {

  NghttpxIT() {
    super(new Nghttpx(), Protocol.HTTP_1_1, Protocol.HTTP_2);
  }

  @Test
  void withTheReadTimeoutOfTheSiteASilentStreamIsCut() throws Exception {
    // Given
    ProxyRule wrong = proxy.shipped().replaceAll(2, ";read-timeout=3600s", "");
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
