package io.millrace.ingress.cloud;

import io.millrace.ingress.Capability;
import io.millrace.ingress.Contract;
import io.millrace.ingress.IdleTimeout;
import io.millrace.ingress.Tier;
import java.util.List;
import java.util.Map;

/** Azure App Service on Linux: an idle cut nobody can move, and restarts that mean streams. */
final class AzureAppService implements Tier {

  /** 230 s are documented, and seen on Windows; Linux plans wait ten seconds longer. */
  private static final int IDLE_CUT_SECONDS = 230;

  /** A replica that has drained needs a moment to end; the platform takes 120 s at most. */
  private static final int STOP_SECONDS_BEYOND_DRAIN = 15;

  @Override
  public String id() {
    return "azure-app-service";
  }

  @Override
  public String title() {
    return "Azure App Service";
  }

  @Override
  public Capability capability() {
    return Capability.idleOnly(IdleTimeout.fixed(IDLE_CUT_SECONDS));
  }

  @Override
  public List<String> files() {
    return List.of("main.bicep", "main.json", "main.tf", "README.md");
  }

  @Override
  public Map<String, String> values(Contract contract) {
    int stop = contract.drainSeconds() + STOP_SECONDS_BEYOND_DRAIN;
    if (stop > 120) {
      throw new IllegalArgumentException(
          "azure-app-service: drainSeconds %d: with %d s to end above the platform's limit of 120 s"
              .formatted(contract.drainSeconds(), STOP_SECONDS_BEYOND_DRAIN));
    }
    return Map.of("stopSeconds", String.valueOf(stop));
  }
}
