package io.millrace.notifications;

import io.millrace.testing.ServiceProfile;
import java.util.Map;

/**
 * Streams that soon are idle or stalled, callers whose oldest stream goes, addresses told by a
 * proxy, and refusals for clients that understand a status.
 */
public final class ImpatientProfile extends ServiceProfile {

  static final int PER_CALLER = 2;

  /** Tests without a forwarded address share that of the loopback, and need more than most. */
  static final int PER_ADDRESS = 60;

  static final int SEND_BUFFER = 16_384;

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> config = super.getConfigOverrides();
    config.put("millrace.connection.idle", "3s");
    config.put("millrace.connection.max-stall", "3s");
    config.put("millrace.connection.send-buffer", Integer.toString(SEND_BUFFER));
    config.put("millrace.limits.max-streams-per-caller", Integer.toString(PER_CALLER));
    config.put("millrace.limits.per-caller-mode", "end-oldest");
    config.put("millrace.limits.max-streams-per-address", Integer.toString(PER_ADDRESS));
    config.put("millrace.limits.overload-response", "503");
    config.put("quarkus.http.proxy.proxy-address-forwarding", "true");
    config.put("quarkus.http.proxy.allow-x-forwarded", "true");
    return config;
  }
}
