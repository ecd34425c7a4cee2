package io.millrace.notifications;

import io.millrace.testing.ServiceProfile;
import java.util.Map;

/** Streams that end within seconds. */
public final class ShortLeaseProfile extends ServiceProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> config = super.getConfigOverrides();
    config.put("millrace.connection.max-age", "4s");
    return config;
  }
}
