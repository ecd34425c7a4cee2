package io.millrace.ingress.tier;

import io.millrace.ingress.Capability;
import io.millrace.ingress.Contract;
import io.millrace.ingress.IdleTimeout;
import io.millrace.ingress.Tier;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Envoy. */
final class Envoy implements Tier {

  @Override
  public String id() {
    return "envoy";
  }

  @Override
  public String title() {
    return "Envoy";
  }

  @Override
  public Capability capability() {
    return new Capability(
        IdleTimeout.any(300, "stream_idle_timeout"), Optional.empty(), Optional.of(15));
  }

  @Override
  public List<String> files() {
    return List.of("envoy.yaml");
  }

  @Override
  public Map<String, String> values(Contract contract) {
    return Map.of();
  }
}
