package io.millrace.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FrameTest {

  @Test
  void opensWithRetryAndAComment() {
    assertEquals("retry: 1500\n: ready\n\n", Frame.ready(Duration.ofMillis(1500)).toString());
  }

  @Test
  void rejectsSoftlyWithRetryAndAComment() {
    assertEquals("retry: 9000\n: busy\n\n", Frame.busy(Duration.ofSeconds(9)).toString());
  }

  @Test
  void beatsWithACommentAndNoBlankLine() {
    assertEquals(
        ": hb 1700000000123\n", Frame.heartbeat(Instant.ofEpochMilli(1700000000123L)).toString());
  }

  @Test
  void saysFromWhereAStreamGoesOnAfterAReset() {
    assertEquals(
        "id: 1.abc.AA\nevent: stream.reset\ndata: {\"reason\":\"expired\",\"topic\":\"t\"}\n\n",
        Frame.reset("1.abc.AA", ResetReason.EXPIRED, "t").toString());
  }

  @Test
  void saysWhyAndWhenToComeBack() {
    assertEquals(
        "retry: 1200\n"
            + "id: 1.abc.AA\n"
            + "event: stream.reconnect\n"
            + "data: {\"reason\":\"max-age\",\"afterMs\":1200}\n\n",
        Frame.reconnect("1.abc.AA", "max-age", Duration.ofMillis(1200)).toString());
  }
}
