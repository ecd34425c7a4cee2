package io.millrace.admission;

import static io.millrace.admission.AdmissionFixture.NO_ADDRESS;
import static io.millrace.admission.AdmissionFixture.entered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Event loops that count at the same time. */
class AdmissionRaceTest {

  private final AdmissionFixture fixture = new AdmissionFixture();

  @Test
  void neverPassesALimitNorLosesCountWhateverComesTogether() throws Exception {
    // Given
    int limit = 50;
    Admission admission =
        fixture.limitedBy(
            Map.of(
                "max-streams", String.valueOf(limit),
                "max-streams-per-caller", "3",
                "max-streams-per-address", "40"));
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    int threads = 4;
    CountDownLatch together = new CountDownLatch(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);

    // When
    List<Future<?>> runs =
        IntStream.range(0, threads)
            .<Future<?>>mapToObj(
                thread ->
                    pool.submit(
                        () -> {
                          together.countDown();
                          together.await();
                          comeAndGo(admission, inside, most);
                          return null;
                        }))
            .toList();
    for (Future<?> run : runs) {
      run.get();
    }
    pool.shutdown();

    // Then: everything can be had again
    assertTrue(most.get() <= limit, "at most " + most.get());
    assertEquals(0, fixture.registry.get("millrace.callers").gauge().value());
    assertEquals(0, fixture.registry.get("millrace.authenticating").gauge().value());
    IntStream.range(0, limit).forEach(n -> entered(admission));
    assertEquals(Optional.of(Limit.MAX_STREAMS), admission.place().enter(NO_ADDRESS));
  }

  private static void comeAndGo(Admission admission, AtomicInteger inside, AtomicInteger most) {
    for (int round = 0; round < 500; round++) {
      List<Place> places = IntStream.range(0, 30).mapToObj(n -> admission.place()).toList();
      for (int n = 0; n < places.size(); n++) {
        Place place = places.get(n);
        if (place.enter(Optional.of("address-" + n % 2)).isEmpty()) {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          place.authenticated();
          place.claim("caller-" + n % 7);
          inside.decrementAndGet();
        }
      }
      places.forEach(Place::leave);
    }
  }
}
