package io.millrace.ingress.cloud;

import io.millrace.ingress.Capability;
import io.millrace.ingress.Contract;
import io.millrace.ingress.IdleTimeout;
import io.millrace.ingress.Tier;
import java.util.List;
import java.util.Map;

/**
 * Azure Application Gateway v2: response buffering is on until it is switched off for all of it.
 */
final class AzureApplicationGateway implements Tier {

  /** What the gateway waits longer than a replica needs to send its clients elsewhere. */
  private static final int BEYOND_DRAIN_SECONDS = 30;

  @Override
  public String id() {
    return "azure-application-gateway";
  }

  @Override
  public String title() {
    return "Azure Application Gateway";
  }

  @Override
  public Capability capability() {
    return Capability.idleOnly(new IdleTimeout(30, 1, 86_400, "requestTimeout"));
  }

  @Override
  public List<String> files() {
    return List.of("main.bicep", "main.json", "main.tf", "README.md");
  }

  @Override
  public Map<String, String> values(Contract contract) {
    int draining = contract.drainSeconds() + BEYOND_DRAIN_SECONDS;
    return Map.of("drainingSeconds", String.valueOf(draining));
  }
}
