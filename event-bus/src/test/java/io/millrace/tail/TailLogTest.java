package io.millrace.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.event.Cursor;
import io.millrace.event.Event;
import io.millrace.event.Part;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import io.millrace.event.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TailLogTest {

  private static final Route ALICE = new Scope.User("alice");
  private static final Route BOB = new Scope.User("bob");
  private static final long MB = 1 << 20;

  private Instant now = Instant.EPOCH;
  private final InstantSource clock = () -> now;
  private final TailLog tail = started(MB);

  @Test
  void returnsTheEventsOfARouteInOrder() {
    append(300, ALICE, BOB);

    Read.Slice slice = read(tail, 0, Set.of(ALICE));

    assertEquals(
        LongStream.range(0, 300).filter(seq -> seq % 2 == 0).boxed().toList(),
        slice.entries().stream().map(Read.Entry::seq).toList());
    assertEquals(300, slice.next());
  }

  @Test
  void returnsAnEventOnceHoweverManyOfItsRoutesAreAskedFor() {
    tail.append(event(0, 0, Set.of(ALICE, BOB)));

    assertEquals(1, read(tail, 0, Set.of(ALICE, BOB)).entries().size());
  }

  @Test
  void givesTheSameAnswerIndexedOrScanned() {
    append(1000, ALICE, BOB, new Scope.Tenant("t"));
    Set<Route> few = Set.of(ALICE);
    Set<Route> many = new java.util.HashSet<>(few);
    IntStream.range(0, 100).forEach(i -> many.add(new Scope.User("nobody-" + i)));

    assertEquals(seqs(read(tail, 123, few)), seqs(read(tail, 123, many)));
  }

  @Test
  void stopsAtTheMostEventsOrBytesAndSaysWhereToGoOn() {
    append(10, ALICE);

    Read.Slice byCount =
        assertInstanceOf(Read.Slice.class, tail.read(0, Set.of(ALICE), 3, Long.MAX_VALUE));
    Read.Slice byBytes = assertInstanceOf(Read.Slice.class, tail.read(3, Set.of(ALICE), 64, 1));

    assertEquals(List.of(0L, 1L, 2L), seqs(byCount));
    assertEquals(3, byCount.next());
    assertEquals(List.of(3L), seqs(byBytes));
    assertEquals(4, byBytes.next());
  }

  @Test
  void namesThePositionsAfterEachEvent() {
    tail.append(event(1, 7, Set.of(BOB)));
    tail.append(event(0, 4, Set.of(ALICE)));
    tail.append(event(2, 0, Set.of(ALICE)));

    List<Positions> after =
        read(tail, 0, Set.of(ALICE)).entries().stream().map(Read.Entry::after).toList();

    assertEquals(List.of(Positions.of(5, 8), Positions.of(5, 8, 1)), after);
    assertEquals(Positions.of(0, 8), tail.positionsAt(1));
  }

  @Test
  void movesPastRecordsThatNobodySees() {
    tail.append(Event.invisible(0, 41));

    assertTrue(read(tail, 0, Set.of(ALICE)).entries().isEmpty());
    assertEquals(Positions.of(42, 0), tail.positionsAt(1));
  }

  @Test
  void holdsNoMoreBytesThanItMay() {
    TailLog small = started(64 * 1024);

    for (int i = 0; i < 10_000; i++) {
      small.append(event(0, i, Set.of(ALICE)));
      assertTrue(small.bytes() <= 64 * 1024, () -> small.bytes() + " bytes");
    }

    assertTrue(small.first() > 0);
    assertSame(Read.Evicted.INSTANCE, small.read(0, Set.of(ALICE), 64, MB));
  }

  @Test
  void holdsOneEventHoweverLarge() {
    TailLog tiny = started(1);
    tiny.append(event(0, 0, Set.of(ALICE)));
    tiny.append(event(0, 1, Set.of(ALICE)));

    assertEquals(List.of(1L), seqs(read(tiny, tiny.first(), Set.of(ALICE))));
  }

  @Test
  void forgetsWhatIsTooOldEvenInSilence() {
    append(10, ALICE);
    now = now.plus(Duration.ofMinutes(16));

    tail.evict();

    assertEquals(10, tail.first());
    assertEquals(0, tail.bytes());
    assertEquals(10, tail.end());
  }

  @Test
  void resumesAtOrBeforeAPlaceItStillHolds() {
    append(1000, ALICE);
    Positions middle = tail.positionsAt(500);

    long from = tail.resume(middle).orElseThrow();

    assertTrue(from <= 500 && from > 500 - 2 * Segment.MAX_EVENTS, "from " + from);
  }

  @Test
  void resumesAtTheEndWhenNothingIsMissing() {
    append(1000, ALICE);

    assertEquals(OptionalLong.of(1000), tail.resume(tail.positionsAt(1000)));
  }

  @Test
  void cannotResumeWhatItNoLongerHolds() {
    append(10_000, ALICE);

    assertTrue(tail.first() > 0);
    assertEquals(OptionalLong.empty(), tail.resume(Positions.of(0, 0)));
  }

  @Test
  void letsNobodyReadOnAcrossANewStart() {
    append(10, ALICE);

    tail.start("other", Positions.of(0));
    tail.append(event(0, 0, Set.of(ALICE)));

    assertEquals(11, tail.first());
    assertEquals(11, tail.begin());
    assertSame(Read.Evicted.INSTANCE, tail.read(10, Set.of(ALICE), 64, MB));
    assertEquals(
        new Cursor("other", Positions.of(1)).encode(), tail.id(tail.positionsAt(tail.end())));
  }

  @Test
  void isReadByOthersWhileItGrowsAndForgets() throws InterruptedException {
    TailLog small = started(64 * 1024);
    AtomicBoolean done = new AtomicBoolean();
    List<Throwable> failures = new ArrayList<>();
    Thread reader = new Thread(() -> readUntil(small, done));
    reader.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
    reader.start();

    for (int i = 0; i < 200_000; i++) {
      small.append(event(i % 2, i / 2, Set.of(i % 3 == 0 ? ALICE : BOB)));
    }
    done.set(true);
    reader.join();

    assertEquals(List.of(), failures);
  }

  @Test
  void saysHowFarBackItReaches() {
    assertEquals(Duration.ZERO, tail.age());

    now = Instant.ofEpochSecond(100);
    tail.append(event(0, 0, Set.of(ALICE)));
    tail.append(sent(1, 93_000));
    tail.append(sent(2, 97_000));

    assertEquals(Duration.ofSeconds(7), tail.age());
  }

  /** Every slice is gapless: it has exactly those of ALICE's events that lie in its range. */
  private static void readUntil(TailLog tail, AtomicBoolean done) {
    long at = 0;
    while (!done.get() || at < tail.end()) {
      if (tail.read(at, Set.of(ALICE), 64, MB) instanceof Read.Slice slice) {
        List<Long> expected =
            LongStream.range(at, slice.next()).filter(seq -> seq % 3 == 0).boxed().toList();
        assertEquals(expected, seqs(slice));
        at = slice.next();
      } else {
        at = tail.first();
      }
    }
  }

  private TailLog started(long maxBytes) {
    TailLog log = new TailLog(maxBytes, Duration.ofMinutes(15), clock);
    log.start("abc", Positions.of(0, 0));
    return log;
  }

  private void append(int count, Route... routes) {
    for (int i = 0; i < count; i++) {
      tail.append(event(i % 2, i / 2, Set.of(routes[i % routes.length])));
    }
  }

  private static Event sent(long offset, long millis) {
    return new Event(0, offset, Set.of(ALICE), "", new byte[] {'1'}, false, Part.NONE, millis, "");
  }

  private static Event event(int partition, long offset, Set<Route> routes) {
    return new Event(partition, offset, routes, "", new byte[] {'1'}, false);
  }

  private static Read.Slice read(TailLog tail, long from, Set<Route> routes) {
    return assertInstanceOf(
        Read.Slice.class, tail.read(from, routes, Integer.MAX_VALUE, Long.MAX_VALUE));
  }

  private static List<Long> seqs(Read.Slice slice) {
    return slice.entries().stream().map(Read.Entry::seq).toList();
  }
}
