package io.millrace.notifications;

import io.millrace.testing.KafkaResource;
import io.millrace.testing.Surface;
import io.millrace.testing.contract.AbsentAtStartContract;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(AbsentAtStartContract.NoBroker.class)
class BrokerAbsentAtStartIT extends AbsentAtStartContract {

  BrokerAbsentAtStartIT() {
    super(Surface.NOTIFICATIONS);
  }

  @Override
  protected void appear() {
    KafkaResource.broker().start();
  }
}
