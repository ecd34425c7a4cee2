package io.millrace.admission;

import static io.millrace.admission.AdmissionFixture.GRANTED;
import static io.millrace.admission.AdmissionFixture.NO_ADDRESS;
import static io.millrace.admission.AdmissionFixture.entered;
import static io.millrace.admission.AdmissionFixture.opened;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private final AdmissionFixture fixture = new AdmissionFixture();
  private final SimpleMeterRegistry registry = fixture.registry;

  @Test
  void refusesTheStreamBeyondTheLastUntilOneLeaves() {
    // Given
    Admission admission = fixture.limitedBy(Map.of("max-streams", "2"));
    Place first = entered(admission);
    entered(admission);
    Place third = admission.place();

    // When
    Optional<Limit> refused = third.enter(NO_ADDRESS);

    // Then
    assertEquals(Optional.of(Limit.MAX_STREAMS), refused);
    third.leave();
    first.leave();
    first.leave();
    entered(admission);
    assertEquals(Optional.of(Limit.MAX_STREAMS), admission.place().enter(NO_ADDRESS));
  }

  @Test
  void allowsNoMoreStreamsThanConnections() {
    // When
    Admission admission = fixture.limitedBy(Map.of("max-streams", "20000"), 488);

    // Then
    assertEquals(464, admission.maxStreams());
    assertEquals(464, registry.get("millrace.limits.max.streams").gauge().value());
  }

  @Test
  void refusesACallerWithEnoughStreamsAndNoOther() {
    // Given
    Admission admission = fixture.limitedBy(Map.of("max-streams-per-caller", "1"));
    Place first = opened(admission, "alice", () -> {});

    // When
    Optional<Limit> second = entered(admission).claim("alice");

    // Then
    assertEquals(Optional.of(Limit.MAX_STREAMS_PER_CALLER), second);
    assertEquals(GRANTED, entered(admission).claim("bob"));
    first.leave();
    assertEquals(GRANTED, entered(admission).claim("alice"));
  }

  @Test
  void endsTheOldestOfACallerWhereSoConfigured() {
    // Given
    Admission admission =
        fixture.limitedBy(Map.of("max-streams-per-caller", "2", "per-caller-mode", "end-oldest"));
    AtomicInteger ended = new AtomicInteger();
    Place oldest = opened(admission, "alice", ended::incrementAndGet);
    opened(admission, "alice", () -> ended.addAndGet(10));

    // When
    opened(admission, "alice", () -> ended.addAndGet(100));

    // Then: and its leaving frees no place twice
    assertEquals(1, ended.get());
    oldest.leave();
    opened(admission, "alice", () -> ended.addAndGet(1000));
    assertEquals(11, ended.get());
  }

  @Test
  void endsAStreamThatWasReplacedBeforeItWasOpen() {
    // Given
    Admission admission =
        fixture.limitedBy(Map.of("max-streams-per-caller", "1", "per-caller-mode", "end-oldest"));
    Place opening = entered(admission);
    opening.claim("alice");
    opened(admission, "alice", () -> {});
    AtomicInteger ended = new AtomicInteger();

    // When
    opening.opened(ended::incrementAndGet);

    // Then
    assertEquals(1, ended.get());
  }

  @Test
  void limitsAddressesOnlyWhereSoConfigured() {
    // Given
    Optional<String> address = Optional.of("192.0.2.1");
    Admission unlimited = fixture.limitedBy(Map.of());
    Admission admission = fixture.limitedBy(Map.of("max-streams-per-address", "1"));
    entered(unlimited, address);
    Place first = entered(admission, address);

    // When
    Optional<Limit> second = admission.place().enter(address);

    // Then
    assertEquals(Optional.of(Limit.MAX_STREAMS_PER_ADDRESS), second);
    entered(unlimited, address);
    entered(admission, Optional.of("192.0.2.2"));
    entered(admission, NO_ADDRESS);
    first.leave();
    entered(admission, address);
  }

  @Test
  void boundsTheRequestsWhoseTokenIsBeingVerified() {
    // Given
    Admission admission = fixture.limitedBy(Map.of("max-authenticating", "1"));
    Place first = admission.place();
    first.enter(NO_ADDRESS);
    first.leave();

    // When: the client is gone, the work is not
    Optional<Limit> second = admission.place().enter(NO_ADDRESS);

    // Then
    assertEquals(Optional.of(Limit.MAX_AUTHENTICATING), second);
    assertEquals(1, registry.get("millrace.authenticating").gauge().value());
    first.authenticated();
    first.authenticated();
    assertEquals(0, registry.get("millrace.authenticating").gauge().value());
    entered(admission);
  }

  @Test
  void refusesEveryoneOnceItDrains() {
    // Given
    Admission admission = fixture.limitedBy(Map.of());

    // When
    admission.drain();

    // Then
    assertEquals(Optional.of(Limit.DRAINING), admission.place().enter(NO_ADDRESS));
  }

  @Test
  void keepsNoCountOfThoseWhoLeftBeforeTheyWereAnswered() {
    // Given
    Admission admission = fixture.limitedBy(Map.of("max-streams-per-caller", "1"));
    Place gone = entered(admission);

    // When
    gone.leave();
    gone.claim("alice");

    // Then
    assertTrue(gone.hasLeft());
    assertEquals(0, registry.get("millrace.callers").gauge().value());
  }
}
