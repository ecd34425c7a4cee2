package io.millrace.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PositionsTest {

  @Test
  void coversWhatIsNowhereAheadOfIt() {
    Positions here = Positions.of(5, 3);

    assertTrue(here.covers(Positions.of(5, 3)));
    assertTrue(here.covers(Positions.of(4, 0)));
    assertTrue(here.covers(Positions.NONE));
    assertFalse(here.covers(Positions.of(4, 4)));
  }

  @Test
  void takesAPartitionItDoesNotNameAsUnread() {
    Positions two = Positions.of(5, 3);

    assertEquals(0, two.at(7));
    assertFalse(two.covers(Positions.of(5, 3, 1)));
    assertTrue(Positions.of(5, 3, 1).covers(two));
  }

  @Test
  void mergesPartitionByPartition() {
    assertEquals(Positions.of(5, 4, 9), Positions.of(5, 3).max(Positions.of(2, 4, 9)));
    assertEquals(Positions.of(5, 4, 9), Positions.of(2, 4, 9).max(Positions.of(5, 3)));
  }

  @Test
  void knowsWhichRecordsLieBehind() {
    Positions here = Positions.of(5);

    assertTrue(here.isPast(0, 4));
    assertFalse(here.isPast(0, 5));
    assertFalse(here.isPast(1, 0));
  }

  @Test
  void doesNotChangeWithTheArraysItWasMadeOf() {
    long[] given = {1, 2};
    Positions here = Positions.of(given);
    given[0] = 9;
    here.copy(2)[1] = 9;

    assertEquals(Positions.of(1, 2), here);
  }
}
