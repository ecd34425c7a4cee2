package io.millrace.e2e.proxy;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Origin;
import io.millrace.e2e.SseReader;
import org.junit.jupiter.api.Test;

/** The rule in Squid 5, and what happens with one line made wrong. */
class SquidIT extends RuleContract {

  SquidIT() {
    super(new Squid(), Protocol.HTTP_1_1);
  }

  @Test
  void withoutItsLoginLineTheTokenDoesNotReachTheReplica() throws Exception {
    // Given
    ProxyRule wrong = proxy.shipped().replaceAll(2, " no-digest login=PASSTHRU", " no-digest");
    try (Origin origin = new Origin();
        ProxyProcess running = start(wrong, Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS, "Authorization", "Bearer abc")) {

      // When
      String head = origin.next().head().toLowerCase();

      // Then
      assertThat(reader.isOpen()).isTrue();
      assertThat(head).startsWith("get /api/notifications ").doesNotContain("authorization:");
    }
  }

  @Test
  void anIdleCutShorterThanTheHeartbeatBreaksTheStreamOff() throws Exception {
    // Given: without the line it is a quarter of an hour
    ProxyRule wrong = proxy.shipped().replace("read_timeout 3600 seconds", "read_timeout 1 second");
    try (Origin origin = new Origin();
        ProxyProcess running = start(wrong, Protocol.HTTP_1_1, origin);
        SseReader reader = running.open(NOTIFICATIONS)) {

      // When: the origin says nothing after its first comment
      origin.next().openStream(CHUNKED);

      // Then
      assertThat(reader.awaitEnding()).isEqualTo(SseReader.Ending.CUT);
    }
  }
}
