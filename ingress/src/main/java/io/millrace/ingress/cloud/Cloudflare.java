package io.millrace.ingress.cloud;

import io.millrace.ingress.Capability;
import io.millrace.ingress.Contract;
import io.millrace.ingress.IdleTimeout;
import io.millrace.ingress.Tier;
import java.util.List;
import java.util.Map;

/** Cloudflare as the proxy of a zone; a Worker is a tier of its own. */
final class Cloudflare implements Tier {

  /** "Proxy Read Timeout", between two reads from the origin; only Enterprise may change it. */
  private static final int READ_TIMEOUT_SECONDS = 120;

  @Override
  public String id() {
    return "cloudflare";
  }

  @Override
  public String title() {
    return "Cloudflare";
  }

  @Override
  public Capability capability() {
    return Capability.idleOnly(IdleTimeout.fixed(READ_TIMEOUT_SECONDS));
  }

  @Override
  public List<String> files() {
    return List.of("main.tf", "page-rules/main.tf", "README.md");
  }

  @Override
  public Map<String, String> values(Contract contract) {
    return Map.of();
  }
}
