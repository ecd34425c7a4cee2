package io.millrace.e2e.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever counts has to notice. */
class ReceiptsTest {

  private final Receipts receipts = new Receipts(2);

  private static List<BitSet> published(int ofFirst, int ofSecond) {
    return List.of(
        BitSet.valueOf(new long[] {(1L << ofFirst) - 1}),
        BitSet.valueOf(new long[] {(1L << ofSecond) - 1}));
  }

  @Test
  void nothingIsWrongWithEachOnceAndInOrder() {
    // When
    IntStream.range(0, 5).forEach(number -> receipts.take(0, number));
    IntStream.range(0, 3).forEach(number -> receipts.take(1, number));

    // Then
    assertThat(receipts.missing(published(5, 3))).isZero();
    assertThat(receipts.disordered(published(5, 3))).isZero();
    assertThat(receipts.repeated()).isZero();
  }

  @Test
  void whatHasNotComeIsMissing() {
    // When
    receipts.take(0, 0);
    receipts.take(0, 2);

    // Then
    assertThat(receipts.missing(published(4, 1))).isEqualTo(3);
  }

  @Test
  void whatComesAgainIsRepeated() {
    // When
    receipts.take(0, 0);
    receipts.take(0, 1);
    receipts.take(0, 0);

    // Then
    assertThat(receipts.repeated()).isOne();
  }

  @Test
  void whatComesAfterALaterOneIsOutOfOrder() {
    // When
    receipts.take(1, 1);
    receipts.take(1, 0);

    // Then
    assertThat(receipts.disordered(published(0, 2))).isOne();
  }

  @Test
  void whatWasNotAcknowledgedMayComeOrNot() {
    // Given
    BitSet acknowledged = new BitSet();
    acknowledged.set(1);
    List<BitSet> published = List.of(new BitSet(), acknowledged);

    // When
    receipts.take(1, 1);
    receipts.take(1, 0);

    // Then
    assertThat(receipts.missing(published)).isZero();
    assertThat(receipts.disordered(published)).isZero();
  }
}
