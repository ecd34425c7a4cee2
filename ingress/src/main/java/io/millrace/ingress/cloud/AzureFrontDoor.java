package io.millrace.ingress.cloud;

import io.millrace.ingress.Capability;
import io.millrace.ingress.Contract;
import io.millrace.ingress.IdleTimeout;
import io.millrace.ingress.Tier;
import java.util.List;
import java.util.Map;

/** Azure Front Door Standard and Premium: a short idle limit, and a cache that must be off. */
final class AzureFrontDoor implements Tier {

  @Override
  public String id() {
    return "azure-front-door";
  }

  @Override
  public String title() {
    return "Azure Front Door";
  }

  @Override
  public Capability capability() {
    return Capability.idleOnly(new IdleTimeout(30, 16, 240, "originResponseTimeoutSeconds"));
  }

  @Override
  public List<String> files() {
    return List.of("main.bicep", "main.json", "main.tf", "README.md");
  }

  @Override
  public Map<String, String> values(Contract contract) {
    return Map.of();
  }
}
