package io.millrace.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {

  private static final String IDS = "-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-";

  @ParameterizedTest
  @ValueSource(strings = {"00" + IDS + "01", "00" + IDS + "03", "cc" + IDS + "01-later"})
  void followsWhatWasSampled(String traceparent) {
    assertEquals(traceparent, Traces.sampled(traceparent));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00" + IDS + "00",
        "00" + IDS + "02",
        "ff" + IDS + "01",
        "00" + IDS,
        "x"
      })
  void followsNothingElse(String traceparent) {
    assertEquals("", Traces.sampled(traceparent));
  }
}
