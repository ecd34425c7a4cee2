package io.millrace.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a key, a header or a query says is a scope, or is refused without being repeated. */
class ScopeFuzzTest {

  private static final String MARK = "\u0007mark\u001b[31m";

  @Property(tries = 10_000)
  void readsOrRefusesAnyText(@ForAll("texts") String text) {
    // When
    Scope scope;
    try {
      scope = Scope.parse(text);
    } catch (IllegalArgumentException refused) {
      // Then
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.chars().noneMatch(Character::isISOControl), message);
      assertFalse(message.contains("mark"), message);
      return;
    }
    assertEquals(text, scope.text());
    assertTrue(text.chars().noneMatch(Character::isISOControl), text);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> forms = Arbitraries.of("user:", "tenant:", "role:", "all", "", ":", "USER:");
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20),
            Arbitraries.strings().withChars("a/:\n\r\0\u0085").ofMaxLength(10),
            Arbitraries.integers().between(500, 600).map("x"::repeat),
            Arbitraries.just(MARK));
    return Combinators.combine(forms, names).as((form, name) -> form + name);
  }
}
