package io.millrace.ingress.cloud;

import io.millrace.ingress.Capability;
import io.millrace.ingress.Contract;
import io.millrace.ingress.IdleTimeout;
import io.millrace.ingress.Tier;
import java.util.List;
import java.util.Map;

/** A Cloudflare Worker that passes streams on; the limits are those of the network it runs in. */
final class CloudflareWorker implements Tier {

  @Override
  public String id() {
    return "cloudflare-worker";
  }

  @Override
  public String title() {
    return "Cloudflare Worker";
  }

  @Override
  public Capability capability() {
    return Capability.idleOnly(IdleTimeout.fixed(120));
  }

  @Override
  public List<String> files() {
    return List.of("worker.js", "wrangler.toml");
  }

  @Override
  public Map<String, String> values(Contract contract) {
    return Map.of();
  }
}
