package io.millrace.cli.publish;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.runtime.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":[1,{}]}", "[]", "\"text\"", "17", "null", " true\n"})
  void isOneValue(String text) {
    assertDoesNotThrow(() -> new JsonText(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "{\"a\":1", "{'a':1}", "{} {}", "{}x", "shipped", "\"a"})
  void isNothingElse(String text) {
    Failure refused = assertThrows(Failure.class, () -> new JsonText(text));

    assertTrue(refused.getMessage().startsWith("not JSON: "), refused.getMessage());
    assertEquals(1, refused.getMessage().lines().count());
  }

  @Test
  void namesThePlace() {
    Failure refused = assertThrows(Failure.class, () -> new JsonText("{\"title\":shipped}"));

    assertEquals(
        "not JSON: Unrecognized token 'shipped' (line 1, column 10)", refused.getMessage());
  }
}
