package io.millrace.ai;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.Surface;
import io.millrace.testing.contract.ProbeReportContract;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(ServiceProfile.class)
class ProbeReportIT extends ProbeReportContract {

  ProbeReportIT() {
    super(Surface.AI_EVENTS);
  }
}
