package io.millrace.notifications;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.Surface;
import io.millrace.testing.contract.ProbeSeenContract;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(ServiceProfile.class)
class ProbeSeenIT extends ProbeSeenContract {

  ProbeSeenIT() {
    super(Surface.NOTIFICATIONS);
  }
}
