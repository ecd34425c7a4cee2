package io.millrace.ai;

import io.millrace.testing.Surface;
import io.millrace.testing.contract.CorsContract;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(CorsContract.Profile.class)
class CorsIT extends CorsContract {

  CorsIT() {
    super(Surface.AI_EVENTS);
  }
}
