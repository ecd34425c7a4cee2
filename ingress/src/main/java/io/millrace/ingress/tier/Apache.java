package io.millrace.ingress.tier;

import io.millrace.ingress.Capability;
import io.millrace.ingress.Contract;
import io.millrace.ingress.IdleTimeout;
import io.millrace.ingress.Tier;
import java.util.List;
import java.util.Map;

/** Apache httpd 2.4 with mod_proxy_http. */
final class Apache implements Tier {

  @Override
  public String id() {
    return "apache";
  }

  @Override
  public String title() {
    return "Apache httpd";
  }

  @Override
  public Capability capability() {
    return Capability.idleOnly(IdleTimeout.any(60, "timeout"));
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
