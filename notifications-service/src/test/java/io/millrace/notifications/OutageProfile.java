package io.millrace.notifications;

import io.millrace.testing.ServiceProfile;
import java.util.Map;

/** A service whose broker and topic come and go. */
public final class OutageProfile extends ServiceProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> config = super.getConfigOverrides();
    config.put("millrace.heartbeat", "1s");
    // The clients say every second that nobody is there.
    config.put("quarkus.log.category.\"org.apache.kafka\".level", "ERROR");
    return config;
  }
}
