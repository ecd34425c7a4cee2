package io.millrace.notifications;

import io.millrace.testing.ServiceProfile;
import java.util.Map;

/** Everything that takes minutes or megabytes by default, in seconds and kilobytes. */
public final class HurriedProfile extends ServiceProfile {

  /** Bytes of events in the tail. */
  static final int TAIL_BYTES = 256 * 1024;

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> config = super.getConfigOverrides();
    config.put("millrace.heartbeat", "1s");
    config.put("millrace.connection.max-age", "5s");
    config.put("millrace.connection.send-buffer", "16K");
    config.put("millrace.tail.max-bytes", Integer.toString(TAIL_BYTES));
    return config;
  }
}
