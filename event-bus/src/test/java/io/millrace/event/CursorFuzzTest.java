package io.millrace.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.Allocation;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Whatever a client sends as its last id: a cursor, or none; never more work than it deserves. */
class CursorFuzzTest {

  /** Of a matcher, a decoder, an array for the positions and their boxes. */
  private static final long BYTES_FOR_A_CURSOR = 8_192;

  private static final long BYTES_PER_CHARACTER = 64;

  @Property(tries = 20_000)
  void readsOrRefusesAnyText(@ForAll("texts") String text) {
    // When
    Optional<Cursor> cursor = Cursor.parse(text);

    // Then
    Statistics.label("read")
        .collect(cursor.isPresent())
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 10));
    cursor.ifPresent(
        read -> {
          assertTrue(text.length() <= Cursor.MAX_LENGTH);
          assertTrue(read.encode().matches("1\\.[A-Za-z0-9_-]{1,16}\\.[A-Za-z0-9_-]+"));
          for (int p = 0; p < read.positions().size(); p++) {
            assertTrue(read.positions().at(p) >= 0, text);
          }
        });
  }

  @Property(tries = 5_000)
  void readsWhatItWroteAsTheSame(@ForAll("texts") String text) {
    // When
    Optional<Cursor> cursor = Cursor.parse(text);

    // Then
    cursor
        .filter(read -> read.encode().length() <= Cursor.MAX_LENGTH)
        .ifPresent(read -> assertEquals(cursor, Cursor.parse(read.encode())));
  }

  @Property(tries = 5_000)
  void allocatesInProportionToTheText(@ForAll("texts") String text) {
    // When
    AtomicReference<Optional<Cursor>> kept = new AtomicReference<>(Optional.empty());
    long allocated = Allocation.of(() -> kept.set(Cursor.parse(text)));

    // Then
    long deserved =
        BYTES_FOR_A_CURSOR + BYTES_PER_CHARACTER * Math.min(text.length(), Cursor.MAX_LENGTH);
    assertTrue(allocated <= deserved, () -> allocated + " bytes for " + text.length());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.strings().ofMaxLength(300)),
        Tuple.of(1, Arbitraries.strings().withChars("1.A_-~+/= \u00e9\n\0").ofMaxLength(80)),
        Tuple.of(2, packed()),
        Tuple.of(3, written()),
        Tuple.of(3, written().flatMap(CursorFuzzTest::damaged)),
        Tuple.of(1, lengths().map(length -> "1.e." + "A".repeat(length))),
        Tuple.of(1, lengths().map(length -> "1.e." + "_".repeat(length))));
  }

  private static Arbitrary<Integer> lengths() {
    return Arbitraries.integers().between(0, 70_000);
  }

  /** As a replica writes it. */
  private static Arbitrary<String> written() {
    return Arbitraries.longs()
        .greaterOrEqual(0)
        .array(long[].class)
        .ofMinSize(1)
        .ofMaxSize(40)
        .map(positions -> new Cursor("e", Positions.of(positions)).encode());
  }

  /** Any bytes where the positions are. */
  private static Arbitrary<String> packed() {
    Arbitrary<byte[]> anyBytes =
        Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(1_600);
    Arbitrary<String> epochs =
        Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(17);
    return Combinators.combine(epochs, anyBytes)
        .as(
            (epoch, bytes) ->
                "1." + epoch + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** One character replaced. */
  private static Arbitrary<String> damaged(String text) {
    return Combinators.combine(
            Arbitraries.integers().between(0, text.length() - 1), Arbitraries.chars())
        .as((at, other) -> text.substring(0, at) + other + text.substring(at + 1));
  }
}
