package io.millrace.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.admission.Limit;
import io.millrace.connection.CloseReason;
import io.millrace.sse.ResetReason;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReasonsTest {

  private static Set<String> of(String meter) {
    return Reasons.ALL.stream()
        .filter(reasons -> reasons.meter().equals(meter))
        .flatMap(reasons -> reasons.values().stream())
        .collect(Collectors.toSet());
  }

  @Test
  void knowsEveryReasonOfAnEnd() {
    assertEquals(
        Arrays.stream(CloseReason.values()).map(CloseReason::text).collect(Collectors.toSet()),
        of("millrace.streams.closed"));
  }

  @Test
  void knowsEveryReasonOfAReset() {
    assertEquals(
        Arrays.stream(ResetReason.values()).map(ResetReason::text).collect(Collectors.toSet()),
        of("millrace.resets"));
  }

  @Test
  void knowsEveryLimit() {
    assertTrue(
        of("millrace.rejections")
            .containsAll(Arrays.stream(Limit.values()).map(Limit::text).toList()));
  }

  @Test
  void beginsEverySeriesAtZero() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();

    new Meters(registry).begin();

    assertEquals(0, registry.get("millrace.fences").tag("where", "delivery").counter().count());
    assertEquals(0, registry.get("millrace.resets").tag("reason", "expired").counter().count());
  }
}
