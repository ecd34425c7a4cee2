package io.millrace.notifications;

import io.millrace.testing.Surface;
import io.millrace.testing.contract.PublishOutageContract;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(PublishOutageContract.Profile.class)
class PublishOutageIT extends PublishOutageContract {

  PublishOutageIT() {
    super(Surface.NOTIFICATIONS);
  }
}
