package io.millrace.ingress.tier;

import io.millrace.ingress.Capability;
import io.millrace.ingress.Contract;
import io.millrace.ingress.IdleTimeout;
import io.millrace.ingress.Tier;
import java.util.List;
import java.util.Map;

/** HAProxy 2.6 or newer. */
final class Haproxy implements Tier {

  @Override
  public String id() {
    return "haproxy";
  }

  @Override
  public String title() {
    return "HAProxy";
  }

  @Override
  public Capability capability() {
    // The program itself has no default and warns; this is the one of the packaged file.
    return Capability.idleOnly(IdleTimeout.any(50, "timeout server"));
  }

  @Override
  public List<String> files() {
    return List.of("haproxy.cfg");
  }

  @Override
  public Map<String, String> values(Contract contract) {
    return Map.of();
  }
}
