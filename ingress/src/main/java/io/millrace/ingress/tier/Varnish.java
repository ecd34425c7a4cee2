package io.millrace.ingress.tier;

import io.millrace.ingress.Capability;
import io.millrace.ingress.Contract;
import io.millrace.ingress.IdleTimeout;
import io.millrace.ingress.Tier;
import java.util.List;
import java.util.Map;

/** Varnish 7. */
final class Varnish implements Tier {

  @Override
  public String id() {
    return "varnish";
  }

  @Override
  public String title() {
    return "Varnish";
  }

  @Override
  public Capability capability() {
    return Capability.idleOnly(IdleTimeout.any(60, "pipe_timeout"));
  }

  @Override
  public List<String> files() {
    return List.of("millrace.vcl", "millrace.service.conf");
  }

  @Override
  public Map<String, String> values(Contract contract) {
    return Map.of();
  }
}
