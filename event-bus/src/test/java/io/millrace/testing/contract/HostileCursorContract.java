package io.millrace.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.event.Cursor;
import io.millrace.event.Positions;
import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.millrace.testing.SseRequest;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cursor is untrusted input: each ends in a defined answer, and the next event arrives. */
public abstract class HostileCursorContract extends StreamTest {

  private static final List<String> ALIASES =
      List.of("lastEventId", "last_event_id", "lastEventID");

  protected HostileCursorContract(Surface surface) {
    super(surface);
  }

  /** From the epoch of the topic to the text of a cursor. */
  protected interface Hostile extends UnaryOperator<String> {}

  private static Named<Hostile> text(String name, String text) {
    return Named.of(name, epoch -> text);
  }

  private static Named<Hostile> packed(String name, int... bytes) {
    byte[] packed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      packed[i] = (byte) bytes[i];
    }
    return packed(name, packed);
  }

  private static Named<Hostile> packed(String name, byte[] packed) {
    String positions = Base64.getUrlEncoder().withoutPadding().encodeToString(packed);
    return Named.of(name, epoch -> "1." + epoch + "." + positions);
  }

  private static int[] repeated(int value, int times) {
    int[] all = new int[times];
    Arrays.fill(all, value);
    return all;
  }

  static Stream<Named<Hostile>> unreadable() {
    return Stream.of(
        text("a word", "garbage"),
        text("a number", "-1"),
        text("255 characters", "x".repeat(255)),
        text("256 characters", "x".repeat(256)),
        text("dots", "..."),
        text("wrong shape", "1.abc"),
        text("not ASCII", "1.\u00fc\u4e16\ud83d\ude00.AAAA"),
        text("control characters of a header", "1.abc\t.AAAA"),
        Named.of("no positions", epoch -> "1." + epoch + "."),
        Named.of("a fourth part", epoch -> "1." + epoch + ".AAAA.AAAA"),
        Named.of("wrong version", epoch -> "2." + epoch + ".AAAA"),
        Named.of("version 01", epoch -> "01." + epoch + ".AAAA"),
        Named.of("no version", epoch -> epoch + ".AAAA"),
        Named.of("epoch of 17 characters", epoch -> "1." + "x".repeat(17) + ".AAAA"),
        text("foreign epoch", "1.______.AAAA"),
        text("empty epoch", "1..AAAA"),
        Named.of("bad base64", epoch -> "1." + epoch + ".AA!A"),
        Named.of("base64 that is not URL-safe", epoch -> "1." + epoch + ".+/+/"),
        Named.of("base64 cut off", epoch -> "1." + epoch + ".AAAAA"),
        packed("cut off varint", 0x80),
        packed("varint of 11 bytes", repeated(0x80, 11)),
        packed("varint of 1,000 bytes", repeated(0xff, 1000)),
        packed("negative", 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01),
        packed("negative difference below zero", 5, 19),
        packed("sum beyond 64 bits", maxThenMore()),
        Named.of("2,049 characters", epoch -> "1." + epoch + "." + "A".repeat(2040)));
  }

  private static byte[] maxThenMore() {
    byte[] max = Base64.getUrlDecoder().decode(Cursor.encode(Positions.of(Long.MAX_VALUE)));
    byte[] more = Arrays.copyOf(max, max.length + 1);
    more[max.length] = 4; // Zigzag for 2.
    return more;
  }

  static Stream<Named<Hostile>> beyondTheEnd() {
    long[] ofMany = new long[1500];
    Arrays.fill(ofMany, 5);
    return Stream.of(
        beyond("a little", 1_000_000),
        beyond("as far as can be said", Long.MAX_VALUE),
        beyond("in a partition that is not", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
        beyond("in 1,500 partitions", ofMany));
  }

  private static Named<Hostile> beyond(String name, long... positions) {
    return Named.of(name, epoch -> new Cursor(epoch, Positions.of(positions)).encode());
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void thatCannotBeReadIsReset(Hostile hostile) {
    assertReset(hostile.apply(epoch()), "unknown");
  }

  @ParameterizedTest
  @MethodSource("beyondTheEnd")
  void thatIsBeyondTheLogIsReset(Hostile hostile) {
    assertReset(hostile.apply(epoch()), "truncated");
  }

  private String epoch() {
    SseFrame reset = open(requestOf(bob).lastEventId("x")).awaitFrame();
    return reset.id().split("\\.")[1];
  }

  private void assertReset(String cursor, String reason) {
    List<SseRequest> ways =
        Stream.concat(
                Stream.of(narrowRequestOf(alice).lastEventId(cursor)),
                ALIASES.stream().map(alias -> narrowRequestOf(alice).query(alias, cursor)))
            .toList();
    // When
    List<SseClient> streams = ways.stream().map(this::open).toList();
    streams.forEach(SseClient::awaitFrame);
    publish(alice, "\"next\"");

    // Then
    for (SseClient stream : streams) {
      List<SseFrame> frames = stream.awaitFrames(2);
      assertEquals(2, frames.size(), stream.body());
      SseFrame reset = frames.get(0);
      assertEquals("stream.reset", reset.event());
      assertEquals(
          "{\"reason\":\"" + reason + "\",\"topic\":\"" + surface.topic() + "\"}", reset.data());
      assertNotEquals(cursor, reset.id());
      assertTrue(Cursor.parse(reset.id()).isPresent(), reset.id());
      assertEquals("\"next\"", frames.get(1).data());
    }
    assertResumes(streams.get(0).frames().get(0).id());
  }

  /** The id of a reset is as good as any: nothing after it is missed. */
  private void assertResumes(String id) {
    SseClient resumed = open(narrowRequestOf(alice).lastEventId(id));
    assertEquals("\"next\"", resumed.awaitFrame().data());
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 15_000})
  void ofManyCharactersIsResetByHeader(int length) {
    // When
    SseClient stream = open(narrowRequestOf(alice).lastEventId("A".repeat(length)));

    // Then
    assertEquals("stream.reset", stream.awaitFrame().event());
    publish(alice, "1");
    assertEquals("1", stream.awaitFrames(2).get(1).data());
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 1_400_000})
  void thatFitsNoRequestIsRefusedByHttp(int length) {
    // When
    SseClient answer = send(narrowRequestOf(alice).query("lastEventId", "A".repeat(length)));

    // Then
    answer.awaitClosed();
    assertTrue(!answer.isAnswered() || answer.status() == 414, () -> "" + answer.status());
    openAs(alice);
  }

  @Test
  void thatClaimsPartitionsWithoutRecordsIsHonoured() {
    // Given
    String epoch = epoch();
    SseClient live = openAs(alice);
    publish(alice, "1");
    live.awaitFrame();
    Positions nowhere = Positions.of(new long[1500]);

    // When
    SseClient stream =
        open(narrowRequestOf(alice).lastEventId(new Cursor(epoch, nowhere).encode()));
    publish(alice, "2");
    publish(alice, "3");

    // Then
    assertEquals(List.of("1", "2", "3"), stream.awaitData(3));
    assertTrue(stream.frames().get(2).id().length() < 80, stream.body());
  }

  @Test
  void inRawBytesIsReset() {
    // Given
    byte[] bytes = {'1', '.', (byte) 0xff, (byte) 0xfe, '.', (byte) 0x80};

    // When
    SseClient stream = open(narrowRequestOf(alice).header("Last-Event-ID", bytes));
    publish(alice, "1");

    // Then
    assertEquals("stream.reset", stream.awaitFrame().event());
    assertEquals("1", stream.awaitFrames(2).get(1).data());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lastEventId=%zz", "lastEventId=%", "x=%u0041", "%=1"})
  void withBrokenPercentEncodingIsABadQuery(String query) {
    // When
    SseClient answer = send(narrowRequestOf(alice).rawQuery(query));

    // Then
    assertEquals(400, answer.status());
    assertEquals(List.of(), answer.headers("Millrace-Heartbeat"));
  }

  @Test
  void givenTwiceCountsOnce() {
    // When
    SseClient stream =
        open(
            narrowRequestOf(alice).query("lastEventId", "garbage").query("lastEventId", "garbage"));
    stream.awaitFrame();
    publish(alice, "1");

    // Then
    assertEquals(
        List.of("stream.reset", ""), stream.awaitFrames(2).stream().map(SseFrame::event).toList());
  }
}
