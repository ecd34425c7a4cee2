package io.millrace.ai;

import io.millrace.testing.KafkaResource;
import io.millrace.testing.Surface;
import io.millrace.testing.contract.AbsentAtStartContract;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(AbsentAtStartContract.NoTopic.class)
class TopicAbsentAtStartIT extends AbsentAtStartContract {

  TopicAbsentAtStartIT() {
    super(Surface.AI_EVENTS);
  }

  @Override
  protected void appear() {
    KafkaResource.createTopics();
  }
}
