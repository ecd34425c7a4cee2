package io.millrace.ingress.tier;

import io.millrace.ingress.Capability;
import io.millrace.ingress.Contract;
import io.millrace.ingress.IdleTimeout;
import io.millrace.ingress.Tier;
import java.util.List;
import java.util.Map;

/** Traefik 3. */
final class Traefik implements Tier {

  @Override
  public String id() {
    return "traefik";
  }

  @Override
  public String title() {
    return "Traefik";
  }

  @Override
  public Capability capability() {
    return Capability.idleOnly(new IdleTimeout(0, Integer.MAX_VALUE, Integer.MAX_VALUE, ""));
  }

  @Override
  public List<String> files() {
    return List.of("traefik.yaml", "millrace.yaml");
  }

  @Override
  public Map<String, String> values(Contract contract) {
    return Map.of();
  }
}
