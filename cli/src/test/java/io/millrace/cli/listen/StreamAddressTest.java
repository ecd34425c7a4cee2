package io.millrace.cli.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamAddressTest {

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, notifications, http://localhost:8080/api/notifications",
    "http://localhost:8080/, ai, http://localhost:8080/api/ai/events",
    "https://example.org/base//, ai-events, https://example.org/base/api/ai/events"
  })
  void addsTheSurfaceToTheServer(String server, String surface, String expected) {
    assertEquals(expected, StreamAddress.of(server, surface, Optional.empty()).uri().toString());
  }

  @Test
  void namesTheConversationInTheQuery() {
    assertEquals(
        "http://h/api/ai/events?conversationId=c+1%26x",
        StreamAddress.of("http://h", "ai", Optional.of("c 1&x")).uri().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "http://h, news, ",
    "http://h, notifications, c1",
    "ftp://h, ai, c1",
    "localhost:8080, ai, c1",
    "http://h x, ai, c1"
  })
  void refusesWhatIsNoStream(String server, String surface, String conversation) {
    assertThrows(
        IllegalArgumentException.class,
        () -> StreamAddress.of(server, surface, Optional.ofNullable(conversation)));
  }
}
