package io.millrace.ingress.tier;

import io.millrace.ingress.Capability;
import io.millrace.ingress.Contract;
import io.millrace.ingress.IdleTimeout;
import io.millrace.ingress.Tier;
import java.util.List;
import java.util.Map;

/** Caddy 2.6 or newer. */
final class Caddy implements Tier {

  @Override
  public String id() {
    return "caddy";
  }

  @Override
  public String title() {
    return "Caddy";
  }

  @Override
  public Capability capability() {
    return Capability.idleOnly(IdleTimeout.any(0, "read_timeout"));
  }

  @Override
  public List<String> files() {
    return List.of("Caddyfile");
  }

  @Override
  public Map<String, String> values(Contract contract) {
    return Map.of();
  }
}
