package io.millrace.bench.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamScanTest {

  private static final String RESET =
      "id: 1.a.b\nevent: stream.reset\ndata: {\"reason\":\"expired\"}\n\n";

  private static final Payload PAYLOAD = new Payload(208);

  private final LoopTally tally = new LoopTally();
  private final StreamProgress progress = new StreamProgress(tally, 0, true, false);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void countsEventsWhereverTheBytesAreSplit(boolean chunked) {
    // Given
    byte[] stream = bytes(start(chunked) + event(0, chunked) + event(1, chunked));
    for (int split = 0; split <= stream.length; split++) {
      StreamProgress each = new StreamProgress(tally, 0, false, false);
      StreamBody body = new StreamBody(new LineScanner(each), chunked);

      // When
      body.read(Unpooled.wrappedBuffer(stream), 0, split);
      body.read(Unpooled.wrappedBuffer(stream), split, stream.length);

      // Then
      assertEquals(2, each.received(), "split at " + split);
      assertEquals(0, each.missing(2), "split at " + split);
      assertEquals(0, each.repeated() + each.control(), "split at " + split);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void countsEventsThatComeByteByByte(boolean chunked) {
    // Given
    byte[] stream = bytes(start(chunked) + event(0, chunked) + event(1, chunked));
    StreamBody body = new StreamBody(new LineScanner(progress), chunked);

    // When
    for (int i = 0; i < stream.length; i++) {
      body.read(Unpooled.wrappedBuffer(stream), i, i + 1);
    }
    progress.readDone(stream.length);

    // Then
    assertEquals(2, tally.delivered());
    assertEquals(0, progress.missing(2));
  }

  @Test
  void countsEventsOfOneChunkThatAWriteHasSplit() {
    // Given
    String event = event(0, false);
    String halves = chunk(event.substring(0, 47)) + chunk(event.substring(47));
    StreamBody body = new StreamBody(new LineScanner(progress), true);

    // When
    read(body, halves);

    // Then
    assertEquals(1, progress.received());
  }

  @Test
  void tellsAMissingEventFromARepeatedOne() {
    // Given
    StreamBody body = new StreamBody(new LineScanner(progress), false);

    // When
    read(body, event(0, false) + event(2, false) + event(2, false) + event(3, false));

    // Then
    assertEquals(1, progress.missing(4));
    assertEquals(1, progress.repeated());
    assertEquals(3, progress.missing(6));
  }

  @Test
  void countsAnEventThatNobodyPublished() {
    // Given
    StreamBody body = new StreamBody(new LineScanner(progress), false);

    // When
    read(body, "id: 1.a.b\nevent: stream.reset\ndata: {\"reason\":\"expired\"}\n\n");

    // Then
    assertEquals(1, progress.control());
    assertEquals(0, progress.received());
  }

  @Test
  void takesAGapAfterAResetForAnnounced() {
    // Given
    StreamProgress resuming = new StreamProgress(tally, 0, false, true);
    StreamBody body = new StreamBody(new LineScanner(resuming), false);

    // When
    read(body, event(0, false) + RESET + event(5, false) + event(7, false));

    // Then
    DeliveryCheck check = DeliveryCheck.NONE.plus(resuming, 8, false);
    assertEquals(1, check.missing());
    assertEquals(1, check.resets());
  }

  @Test
  void takesACheckpointForAnIdAndNothingElse() {
    // Given
    StreamProgress resuming = new StreamProgress(tally, 0, false, true);
    StreamBody body = new StreamBody(new LineScanner(resuming), false);

    // When
    read(body, event(0, false) + "id: 1.a.b\nevent: stream.checkpoint\ndata: {}\n\n");

    // Then
    assertTrue(DeliveryCheck.NONE.plus(resuming, 1, false).isExactlyOnce());
    assertEquals(Optional.of("1.a.b"), resuming.lastEventId());
  }

  @Test
  void keepsTheIdOfTheLastWholeEventWhereverTheBytesAreSplit() {
    // Given
    byte[] stream = bytes(chunk(event(0, false)) + chunk("id: 1.abc.next\nevent: bench.ti"));
    for (int split = 0; split <= stream.length; split++) {
      StreamProgress resuming = new StreamProgress(tally, 0, false, true);
      StreamBody body = new StreamBody(new LineScanner(resuming), true);

      // When
      body.read(Unpooled.wrappedBuffer(stream), 0, split);
      body.read(Unpooled.wrappedBuffer(stream), split, stream.length);

      // Then
      assertEquals(Optional.of("1.abc.def"), resuming.lastEventId(), "split at " + split);
    }
  }

  @Test
  void learnsWhenToComeBack() {
    // Given
    StreamProgress resuming = new StreamProgress(tally, 0, false, true);
    StreamBody body = new StreamBody(new LineScanner(resuming), false);

    // When
    read(body, "retry: 1234\n\nid: 1.a.b\nevent: stream.reconnect\ndata: {}\n\n");

    // Then
    assertEquals(Duration.ofMillis(1_234), resuming.retry());
    assertTrue(resuming.isReconnectAnnounced());
    assertEquals(Optional.of("1.a.b"), resuming.lastEventId());
  }

  @Test
  void noticesASoftReject() {
    // Given
    StreamBody body = new StreamBody(new LineScanner(progress), true);

    // When
    read(body, chunk("retry: 7000\n: busy\n\n"));

    // Then
    assertTrue(progress.isBusy());
  }

  @Test
  void readsSequenceAndTimeOfALine() {
    // Given
    ByteBuf line = Unpooled.wrappedBuffer(bytes("xxdata: "), PAYLOAD.event(4_711, 9_876_543_210L));

    // When
    boolean event = Payload.isEvent(line, 2, line.readableBytes() - 2);

    // Then
    assertTrue(event);
    assertEquals(4_711, Payload.sequence(line, 2));
    assertEquals(9_876_543_210L, Payload.sentNanos(line, 2));
    assertEquals(208, PAYLOAD.event(0, 0).length);
  }

  private static void read(StreamBody body, String text) {
    byte[] bytes = bytes(text);
    body.read(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
  }

  private static String start(boolean chunked) {
    String start = "retry: 3000\n: ready\n\n: hb 1700000000000\n";
    return chunked ? chunk(start) : start;
  }

  private static String event(long sequence, boolean chunked) {
    String json = new String(PAYLOAD.event(sequence, 1), StandardCharsets.US_ASCII);
    String frame = "id: 1.abc.def\nevent: bench.tick\ndata: " + json + "\n\n";
    return chunked ? chunk(frame) : frame;
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
