package io.millrace.notifications;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.Surface;
import io.millrace.testing.contract.ProbeContract;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(ServiceProfile.class)
class ProbeIT extends ProbeContract {

  ProbeIT() {
    super(Surface.NOTIFICATIONS);
  }
}
