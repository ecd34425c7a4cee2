package io.millrace.ingress.tier;

import io.millrace.ingress.Capability;
import io.millrace.ingress.Contract;
import io.millrace.ingress.IdleTimeout;
import io.millrace.ingress.Tier;
import java.util.List;
import java.util.Map;

/** nginx 1.22 or newer. */
final class Nginx implements Tier {

  @Override
  public String id() {
    return "nginx";
  }

  @Override
  public String title() {
    return "nginx";
  }

  @Override
  public Capability capability() {
    return Capability.idleOnly(IdleTimeout.any(60, "proxy_read_timeout"));
  }

  @Override
  public List<String> files() {
    return List.of("millrace.conf", "sse-proxy.conf");
  }

  @Override
  public Map<String, String> values(Contract contract) {
    return Map.of();
  }
}
