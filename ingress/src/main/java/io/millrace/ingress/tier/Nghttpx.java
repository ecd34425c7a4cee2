package io.millrace.ingress.tier;

import io.millrace.ingress.Capability;
import io.millrace.ingress.Contract;
import io.millrace.ingress.IdleTimeout;
import io.millrace.ingress.Tier;
import java.util.List;
import java.util.Map;

/** nghttpx, the proxy of nghttp2. */
final class Nghttpx implements Tier {

  @Override
  public String id() {
    return "nghttpx";
  }

  @Override
  public String title() {
    return "nghttpx";
  }

  @Override
  public Capability capability() {
    return Capability.idleOnly(IdleTimeout.any(60, "read-timeout"));
  }

  @Override
  public List<String> files() {
    return List.of("nghttpx.conf");
  }

  @Override
  public Map<String, String> values(Contract contract) {
    return Map.of();
  }
}
