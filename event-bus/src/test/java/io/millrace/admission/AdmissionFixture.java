package io.millrace.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.config.MillraceConfig;
import io.millrace.telemetry.Meters;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Optional;

/** Limits as a configuration has them, and requests on their way in. */
final class AdmissionFixture {

  static final Optional<Limit> GRANTED = Optional.empty();
  static final Optional<String> NO_ADDRESS = Optional.empty();

  private static final int MANY_CONNECTIONS = 100_000;

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  Admission limitedBy(Map<String, String> settings) {
    return limitedBy(settings, MANY_CONNECTIONS);
  }

  Admission limitedBy(Map<String, String> settings, int maxConnections) {
    SmallRyeConfigBuilder config =
        new SmallRyeConfigBuilder().withMapping(MillraceConfig.Limits.class, "limits");
    settings.forEach((name, value) -> config.withDefaultValue("limits." + name, value));
    MillraceConfig.Limits limits =
        config.build().getConfigMapping(MillraceConfig.Limits.class, "limits");
    return new Admission(limits, maxConnections, new Meters(registry));
  }

  static Place entered(Admission admission) {
    return entered(admission, NO_ADDRESS);
  }

  static Place entered(Admission admission, Optional<String> address) {
    Place place = admission.place();
    assertEquals(GRANTED, place.enter(address));
    place.authenticated();
    return place;
  }

  static Place opened(Admission admission, String caller, Runnable end) {
    Place place = entered(admission);
    assertEquals(GRANTED, place.claim(caller));
    place.opened(end);
    return place;
  }
}
