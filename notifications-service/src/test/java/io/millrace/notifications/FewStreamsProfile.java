package io.millrace.notifications;

import io.millrace.testing.ServiceProfile;
import java.util.Map;

/** Limits that a handful of clients reach. */
public final class FewStreamsProfile extends ServiceProfile {

  static final int STREAMS = 6;
  static final int PER_CALLER = 3;
  static final int AUTHENTICATING = 2;

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> config = super.getConfigOverrides();
    config.put("millrace.limits.max-streams", Integer.toString(STREAMS));
    config.put("millrace.limits.max-streams-per-caller", Integer.toString(PER_CALLER));
    config.put("millrace.limits.max-authenticating", Integer.toString(AUTHENTICATING));
    return config;
  }
}
