package io.millrace.ingress.tier;

import io.millrace.ingress.Capability;
import io.millrace.ingress.Contract;
import io.millrace.ingress.IdleTimeout;
import io.millrace.ingress.Tier;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Squid 5 as a reverse proxy. */
final class Squid implements Tier {

  @Override
  public String id() {
    return "squid";
  }

  @Override
  public String title() {
    return "Squid";
  }

  @Override
  public Capability capability() {
    return new Capability(
        IdleTimeout.any(900, "read_timeout"), Optional.of(86_400), Optional.of(86_400));
  }

  @Override
  public List<String> files() {
    return List.of("millrace.conf");
  }

  @Override
  public Map<String, String> values(Contract contract) {
    return Map.of();
  }
}
