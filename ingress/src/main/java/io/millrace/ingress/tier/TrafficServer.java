package io.millrace.ingress.tier;

import io.millrace.ingress.Capability;
import io.millrace.ingress.Contract;
import io.millrace.ingress.IdleTimeout;
import io.millrace.ingress.Tier;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Apache Traffic Server 9. */
final class TrafficServer implements Tier {

  @Override
  public String id() {
    return "trafficserver";
  }

  @Override
  public String title() {
    return "Apache Traffic Server";
  }

  @Override
  public Capability capability() {
    return new Capability(
        IdleTimeout.any(30, "transaction_no_activity_timeout_out"),
        Optional.empty(),
        Optional.of(900));
  }

  @Override
  public List<String> files() {
    return List.of("remap.config", "millrace.config", "millrace.rewrite", "records.config");
  }

  @Override
  public Map<String, String> values(Contract contract) {
    // It compares paths without the slash they begin with.
    return Map.of(
        "notificationsPath", contract.surface("notifications").path().substring(1),
        "aiEventsPath", contract.surface("ai-events").path().substring(1));
  }
}
