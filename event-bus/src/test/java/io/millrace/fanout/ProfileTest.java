package io.millrace.fanout;

import static io.millrace.fanout.TestReplica.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.connection.CloseReason;
import io.millrace.event.Event;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.sse.EventEncoder;
import io.millrace.sse.Frame;
import io.millrace.sse.Past;
import io.millrace.sse.Profile;
import io.millrace.sse.ResetReason;
import io.millrace.tail.Read;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Subscribers of another dialect, beside those of the native one. */
class ProfileTest {

  private static final Route CHAT = new Route.Conversation("c");

  private final TestReplica replica = TestReplica.of(1);
  private final RecordedStream stream = new RecordedStream();
  private long offset;

  /** Says each event in capitals, nothing of those it doesn't like, and knows no control events. */
  private static final class Shouting implements Profile {
    private static final Profile INSTANCE = new Shouting();

    @Override
    public String name() {
      return "shouting";
    }

    @Override
    public boolean isOfOneRun() {
      return true;
    }

    @Override
    public boolean hasControlEvents() {
      return false;
    }

    @Override
    public int encode(ByteBuf out, String id, Event event, Past past) {
      if (event.text().equals("whisper")) {
        return 0;
      }
      EventEncoder.encode(out, id, "", event.text().toUpperCase(Locale.ROOT));
      return 1;
    }

    @Override
    public int encodeMerged(ByteBuf out, String id, List<Event> deltas) {
      return encode(out, id, deltas.get(0), Past.UNKNOWN);
    }

    @Override
    public Frame reset(String id, ResetReason reason, String topic) {
      return Frame.message(id, "LOST");
    }

    @Override
    public Frame end(String id, String reason) {
      return Frame.message(id, "BYE");
    }
  }

  private Subscriber shouting(RecordedStream socket, ResumePoint point) {
    Subscription asked = new Subscription(Set.of(CHAT), 0, Subscription.NEVER, Shouting.INSTANCE);
    Subscriber subscriber = replica.subscribe(socket, asked, point);
    replica.loop.run();
    return subscriber;
  }

  private void read(String... values) {
    for (String value : values) {
      replica.read(event(0, offset++, value, CHAT));
    }
    replica.loop.run();
  }

  @Test
  void isWrittenToThoseWhoAskedForIt() {
    // Given
    RecordedStream plain = new RecordedStream();
    shouting(stream, ResumePoint.Live.INSTANCE);
    replica.subscribe(plain, ResumePoint.Live.INSTANCE, CHAT);
    replica.loop.run();

    // When
    read("a");

    // Then
    assertEquals(List.of("A"), stream.data());
    assertEquals(List.of("a"), plain.data());
    assertEquals(plain.lastId(), stream.lastId());
  }

  @Test
  void isEncodedOnceForAllOfIt() {
    // Given
    RecordedStream second = new RecordedStream();
    RecordedStream plain = new RecordedStream();
    shouting(stream, ResumePoint.Live.INSTANCE);
    shouting(second, ResumePoint.Live.INSTANCE);
    replica.subscribe(plain, ResumePoint.Live.INSTANCE, CHAT);
    replica.loop.run();

    // When
    read("a");

    // Then
    assertSame(stream.buffers().get(0), second.buffers().get(0));
    assertNotSame(stream.buffers().get(0), plain.buffers().get(0));
  }

  @Test
  void isWrittenToWhoCatchesUp() {
    // Given
    read("a", "whisper", "b");

    // When
    shouting(stream, new ResumePoint.Begin(Map.of(0, 0L)));
    read("c");

    // Then
    assertEquals(List.of("A", "B", "C"), stream.data());
    assertEquals(3, replica.count("millrace.delivered.frames"));
  }

  @Test
  void writesNoBytesWhereItHasNothingToSay() {
    // Given
    shouting(stream, ResumePoint.Live.INSTANCE);

    // When
    read("whisper");

    // Then
    assertEquals(List.of(), stream.buffers());
    read("a");
    assertEquals(List.of("A"), stream.data());
  }

  @Test
  void breaksOffWhereItEndsEarly() {
    // Given
    Subscriber subscriber = shouting(stream, ResumePoint.Live.INSTANCE);
    read("a");

    // When
    replica.shard.close(subscriber, CloseReason.MAX_AGE);

    // Then
    assertTrue(stream.isBrokenOff());
    assertFalse(stream.isEnded());
    assertEquals(List.of("A"), stream.data());
    assertEquals(1, replica.count("millrace.streams.closed"));
  }

  @Test
  void endsInItsOwnWords() {
    // Given
    Subscriber subscriber = shouting(stream, ResumePoint.Live.INSTANCE);

    // When
    replica.shard.close(subscriber, CloseReason.CONVERSATION_ENDED);

    // Then
    assertTrue(stream.isEnded());
    assertEquals(List.of("BYE"), stream.data());
  }

  @Test
  void endsWithItsResetSinceTheRestIsOfNoUse() {
    // Given
    read("a");

    // When
    shouting(stream, new ResumePoint.Reset(ResetReason.UNKNOWN));
    read("b");

    // Then
    assertTrue(stream.isEnded());
    assertEquals(List.of("LOST", "BYE"), stream.data());
  }

  @Test
  void isToldNoCheckpoints() {
    // Given
    shouting(stream, ResumePoint.Live.INSTANCE);

    // When
    replica.now = replica.now.plus(TestReplica.HEARTBEAT).plus(Duration.ofSeconds(1));
    replica.shard.tick();

    // Then
    assertEquals(List.of(), stream.data());
    assertTrue(stream.text().contains(": hb"), stream.text());
  }

  @Test
  void looksBackInTheLogItIsReadFrom() {
    // Given
    for (int i = 0; i < 3000; i++) {
      read(i == 5 ? "first" : "x" + i);
    }
    Event last = event(0, offset++, "last", CHAT);
    replica.read(last);
    Positions end = replica.tail.endPlace().reached();
    List<Read.Entry> slice = List.of(new Read.Entry(3000, last, end));

    // When
    Past past = new SlicePast(slice, replica.tail);

    // Then
    assertEquals(
        List.of("x2999"),
        past.since(e -> e.text().startsWith("x"), last, CHAT).stream().map(Event::text).toList());
    assertEquals(2995, past.since(e -> e.text().equals("first"), last, CHAT).size());
    assertEquals(List.of(), past.since(e -> e.text().equals("never"), last, CHAT));
    assertEquals(List.of(), past.since(e -> true, last, new Route.Conversation("another")));
  }
}
