package io.millrace.sse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastEventIdTest {

  @Test
  void prefersTheHeaderToAStaleUrl() {
    assertEquals(Optional.of("h"), LastEventId.of(Optional.of("h"), List.of("q")));
  }

  @Test
  void takesTheFirstAliasWithoutAHeader() {
    assertEquals(Optional.of("q"), LastEventId.of(Optional.empty(), List.of("q", "r")));
  }

  @Test
  void takesAnEmptyIdAsNone() {
    assertEquals(Optional.empty(), LastEventId.of(Optional.of(""), List.of("")));
  }
}
