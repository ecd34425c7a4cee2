package io.millrace.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.millrace.probe.Sighting.Ending;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RunsTest {

  private long now = 5_000_000_000L;
  private final Runs runs = new Runs(() -> now);

  private static ProbeRequest request(String run) {
    return new ProbeRequest(Phase.SMALL, run, Optional.of("n"), OptionalInt.empty());
  }

  private Sighting open(String subject, String run) {
    return runs.opened(subject, request(run), now).sighting();
  }

  private JsonArray requests(String subject, String run) {
    return runs.report(subject, run).getJsonArray("requests");
  }

  private void passMillis(long millis) {
    now += millis * 1_000_000;
  }

  @Test
  void tellsWhatBecameOfARequest() {
    // Given
    open("alice", "r");
    passMillis(100);
    Sighting second = open("alice", "r");
    second.nextEvent("replica", now);
    passMillis(50);

    // When
    runs.ended("alice", second, Ending.CLIENT);

    // Then
    JsonObject told = requests("alice", "r").getJsonObject(1);
    assertEquals("small", told.getString("phase"));
    assertEquals("n", told.getString("request"));
    assertEquals(100.0, told.getDouble("openedMillis"));
    assertEquals(1, told.getInteger("sentEvents"));
    assertEquals("client", told.getString("ended"));
    assertEquals(150.0, told.getDouble("endedMillis"));
    assertEquals("open", requests("alice", "r").getJsonObject(0).getString("ended"));
  }

  @Test
  void staysWithTheFirstEnd() {
    // Given
    Sighting sighting = open("alice", "r");
    runs.ended("alice", sighting, Ending.COMPLETE);

    // When
    runs.ended("alice", sighting, Ending.CLIENT);

    // Then
    assertEquals("complete", requests("alice", "r").getJsonObject(0).getString("ended"));
  }

  @Test
  void tellsNobodyOfAnothersRun() {
    open("alice", "r");

    assertEquals(new JsonArray(), requests("bob", "r"));
    assertEquals(0, runs.report("bob", "r").getInteger("requestsOfRun"));
  }

  @Test
  void countsTheRequestsOfARunButTellsNotEndlesslyMany() {
    for (int n = 1; n <= Runs.MAX_REQUESTS + 1; n++) {
      assertEquals(n, runs.opened("alice", request("r"), now).requestsOfRun());
    }

    assertEquals(Runs.MAX_REQUESTS, requests("alice", "r").size());
    assertEquals(Runs.MAX_REQUESTS + 1, runs.report("alice", "r").getInteger("requestsOfRun"));
  }

  @Test
  void forgetsARunAWhileAfterItsLastRequestEnded() {
    // Given
    Sighting sighting = open("alice", "r");
    passMillis(2 * Runs.KEPT.toMillis());
    assertEquals(1, requests("alice", "r").size());
    runs.ended("alice", sighting, Ending.COMPLETE);
    passMillis(Runs.KEPT.toMillis());
    assertEquals(1, requests("alice", "r").size());

    // When
    passMillis(1);

    // Then
    assertEquals(0, requests("alice", "r").size());
  }

  @Test
  void forgetsTheOldestThatIsOverWhereThereAreTooMany() {
    // Given
    open("alice", "open");
    for (int n = 1; n < Runs.MAX_RUNS; n++) {
      runs.ended("alice", open("alice", "r" + n), Ending.COMPLETE);
    }

    // When
    open("bob", "one more");

    // Then
    assertEquals(1, requests("alice", "open").size());
    assertEquals(0, requests("alice", "r1").size());
    assertEquals(1, requests("alice", "r2").size());
    assertEquals(1, requests("bob", "one more").size());
  }

  @Test
  void forgetsTheOldestWhereAllAreOpen() {
    for (int n = 0; n <= Runs.MAX_RUNS; n++) {
      open("alice", "r" + n);
    }

    assertEquals(0, requests("alice", "r0").size());
    assertEquals(1, requests("alice", "r1").size());
  }

  @Test
  void namesEachReplicaAndRequestAtRandom() {
    assertNotEquals(new Runs(() -> now).replica(), runs.replica());
    assertNotEquals(
        open("alice", "r").nextEvent("x", now).getString("connection"),
        open("alice", "r").nextEvent("x", now).getString("connection"));
  }
}
