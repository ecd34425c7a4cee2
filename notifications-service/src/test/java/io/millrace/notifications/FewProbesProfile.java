package io.millrace.notifications;

import io.millrace.testing.ServiceProfile;
import java.util.Map;

/** Limits of the probe that a handful of clients reach, and one stream. */
public final class FewProbesProfile extends ServiceProfile {

  static final int PROBES = 4;
  static final int PER_CALLER = 2;

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> config = super.getConfigOverrides();
    config.put("millrace.probe.max-streams", Integer.toString(PROBES));
    config.put("millrace.probe.max-per-caller", Integer.toString(PER_CALLER));
    config.put("millrace.probe.max-late", "2s");
    config.put("millrace.limits.max-streams", "1");
    config.put("millrace.connection.send-buffer", "16K");
    return config;
  }
}
