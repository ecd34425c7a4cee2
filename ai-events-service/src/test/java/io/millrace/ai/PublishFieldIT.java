package io.millrace.ai;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.Surface;
import io.millrace.testing.contract.PublishFieldContract;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(ServiceProfile.class)
class PublishFieldIT extends PublishFieldContract {

  PublishFieldIT() {
    super(Surface.AI_EVENTS);
  }
}
