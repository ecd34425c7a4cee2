package io.millrace.notifications;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.Surface;
import io.millrace.testing.contract.ForgedTokenContract;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(ServiceProfile.class)
class ForgedTokenIT extends ForgedTokenContract {

  ForgedTokenIT() {
    super(Surface.NOTIFICATIONS);
  }
}
