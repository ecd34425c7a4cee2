package io.millrace.kafka.publish;

import io.millrace.config.MillraceConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What the producer's settings have to be for {@code millrace.publish.*} to hold. */
final class ProducerSettings {

  /** Key, headers and framing of a record, beside its value. */
  private static final int RECORD_OVERHEAD_BYTES = 64 << 10;

  private ProducerSettings() {}

  /** SmallRye looks for them by the name of the channel. */
  @Produces
  @Singleton
  @Identifier(Outlet.CHANNEL)
  static Map<String, Object> settings(MillraceConfig config) {
    int timeoutMillis = (int) config.publish().timeout().toMillis();
    long largest = config.topic().maxEventSize().asLongValue() + RECORD_OVERHEAD_BYTES;
    return Map.of(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        timeoutMillis,
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        timeoutMillis / 2,
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        timeoutMillis / 2,
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
        Math.max(largest, 1 << 20));
  }
}
