package io.millrace.ai;

import io.millrace.testing.Surface;
import io.millrace.testing.contract.DeadLetterContract;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(DeadLetterContract.Profile.class)
class DeadLetterIT extends DeadLetterContract {

  DeadLetterIT() {
    super(Surface.AI_EVENTS);
  }
}
