package io.millrace.ingress.tier;

import io.millrace.ingress.Capability;
import io.millrace.ingress.Contract;
import io.millrace.ingress.IdleTimeout;
import io.millrace.ingress.Tier;
import java.util.List;
import java.util.Map;

/** lighttpd 1.4 with mod_proxy. */
final class Lighttpd implements Tier {

  @Override
  public String id() {
    return "lighttpd";
  }

  @Override
  public String title() {
    return "lighttpd";
  }

  @Override
  public Capability capability() {
    return Capability.idleOnly(IdleTimeout.any(360, "server.max-write-idle"));
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
