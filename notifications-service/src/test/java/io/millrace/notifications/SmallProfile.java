package io.millrace.notifications;

import io.millrace.testing.ServiceProfile;
import java.util.Map;

/**
 * Heartbeats by the second and a tail that is soon full: for silence, outages, replays and slow
 * clients.
 */
public final class SmallProfile extends ServiceProfile {

  /** Bytes of events in the tail. */
  static final int TAIL_BYTES = 256 * 1024;

  /** Records a cursor may lie behind the tail. */
  static final int MAX_REPLAY = 5_000;

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> config = super.getConfigOverrides();
    config.put("millrace.heartbeat", "1s");
    config.put("millrace.connection.send-buffer", "16K");
    config.put("millrace.tail.max-bytes", Integer.toString(TAIL_BYTES));
    config.put("millrace.replay.max-records", Integer.toString(MAX_REPLAY));
    config.put("millrace.checkpoint-after", "50");
    // The clients say every second that nobody is there.
    config.put("quarkus.log.category.\"org.apache.kafka\".level", "ERROR");
    return config;
  }
}
