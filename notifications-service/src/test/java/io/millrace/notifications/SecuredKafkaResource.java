package io.millrace.notifications;

import io.millrace.testing.Surface;
import io.millrace.testing.broker.SecuredKafka;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;

/**
 * A broker that wants a password over TLS, and allows its reader to read. The service is given the
 * settings an operator would write, and a password that is not yet right.
 */
public final class SecuredKafkaResource implements QuarkusTestResourceLifecycleManager {

  static final String USER = "millrace";
  static final String PASSWORD = "of the service";

  private static SecuredKafka kafka;

  static SecuredKafka kafka() {
    return kafka;
  }

  @Override
  public Map<String, String> start() {
    kafka = new SecuredKafka();
    String topic = Surface.NOTIFICATIONS.topic();
    kafka.broker().createTopic(topic, 3, Map.of());
    kafka.setPassword(USER, "another");
    kafka.allow(USER, topic, AclOperation.READ);
    kafka.allow(USER, "stream-control", AclOperation.READ);
    return kafka.scramOverTls(USER, PASSWORD).entrySet().stream()
        .collect(
            Collectors.toMap(
                setting -> "kafka." + setting.getKey(), setting -> setting.getValue().toString()));
  }

  @Override
  public void stop() {
    kafka.close();
  }
}
