package io.millrace.ingress;

import java.util.List;
import java.util.Map;

/** A tier with whatever limits a test gives it. */
record TestTier(Capability capability, String file) implements Tier {

  TestTier(Capability capability) {
    this(capability, "rule.conf");
  }

  @Override
  public String id() {
    return "test";
  }

  @Override
  public String title() {
    return "A tier of a test";
  }

  @Override
  public List<String> files() {
    return List.of(file);
  }

  @Override
  public Map<String, String> values(Contract contract) {
    return Map.of("own", contract.heartbeatSeconds() + "000ms");
  }
}
