package io.millrace.e2e.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RushTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int WINDOW = 10;

  /** So many in each second from the given one on. */
  private static List<Long> returns(long fromSecond, long... perSecond) {
    List<Long> nanos = new ArrayList<>();
    for (int second = 0; second < perSecond.length; second++) {
      long at = (fromSecond + second) * SECOND + 1;
      LongStream.range(0, perSecond[second]).forEach(each -> nanos.add(at));
    }
    return nanos;
  }

  @Test
  void theBusiestSecondIsHeldAgainstTheMeanOfItsWindow() {
    // Given
    List<Long> returns = returns(0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 20);

    // Then
    assertThat(Rush.worst(List.of(0L), WINDOW, returns)).contains(new Rush(20, 11));
  }

  @Test
  void theLeastEvenWindowCounts() {
    // Given
    List<Long> returns = returns(0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10);
    returns.addAll(returns(20, 50, 10));

    // Then
    assertThat(Rush.worst(List.of(0L, 20 * SECOND), WINDOW, returns)).contains(new Rush(50, 6));
  }

  @Test
  void aWindowInWhichHardlyAnybodyCameBackSaysNothing() {
    assertThat(Rush.worst(List.of(0L), WINDOW, returns(0, 49))).isEmpty();
  }

  @Test
  void whoComesBackOutsideOfAWindowIsNotOfIt() {
    assertThat(Rush.worst(List.of(20 * SECOND), WINDOW, returns(0, 100))).isEmpty();
  }
}
