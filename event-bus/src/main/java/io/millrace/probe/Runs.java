package io.millrace.probe;

import io.millrace.probe.Sighting.Ending;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What this replica saw of each run, for a while, for whoever made it. Any thread.
 *
 * <p>A few megabytes at the most: a request takes some 200 bytes.
 */
final class Runs {

  /** After the last request of a run came or ended: time to ask, also when asking is slow. */
  static final Duration KEPT = Duration.ofMinutes(5);

  /** Ten times as many as can be examined at once. Beyond, the oldest goes. */
  static final int MAX_RUNS = 256;

  /** An examination makes some thirty. Further ones are counted, and not told one by one. */
  static final int MAX_REQUESTS = 64;

  private static final int ID_BYTES = 8;

  private final SecureRandom random = new SecureRandom();
  private final String replica = id();
  private final LongSupplier nanos;
  private final Map<Key, Run> runs = new LinkedHashMap<>();

  /**
   * @param nanos a clock that never goes back, such as {@code System::nanoTime}
   */
  Runs(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** A run is of one caller: another one's of the same name is another run. */
  private record Key(String subject, String name) {}

  private static final class Run {
    private final long startedNanos;
    private final List<Sighting> sightings = new ArrayList<>();
    private int requests;
    private long touchedNanos;

    Run(long startedNanos) {
      this.startedNanos = startedNanos;
    }

    boolean isOpen() {
      return sightings.stream().anyMatch(Sighting::isOpen);
    }
  }

  /**
   * A request that was let in.
   *
   * @param requestsOfRun how many of its run there were here, with it
   */
  record Opened(Sighting sighting, int requestsOfRun) {}

  /** Random, and new with each process. */
  String replica() {
    return replica;
  }

  synchronized Opened opened(String subject, ProbeRequest request, long arrivedNanos) {
    long now = nanos.getAsLong();
    forgetOld(now);
    Key key = new Key(subject, request.run());
    if (runs.size() >= MAX_RUNS && !runs.containsKey(key)) {
      forgetOldest();
    }
    Run run = runs.computeIfAbsent(key, unseen -> new Run(arrivedNanos));
    Sighting sighting = new Sighting(request, id(), arrivedNanos);
    run.touchedNanos = now;
    run.requests++;
    if (run.sightings.size() < MAX_REQUESTS) {
      run.sightings.add(sighting);
    }
    return new Opened(sighting, run.requests);
  }

  /** The response is over. */
  synchronized void ended(String subject, Sighting sighting, Ending how) {
    sighting.ended(how, nanos.getAsLong());
    Optional.ofNullable(runs.get(new Key(subject, sighting.request().run())))
        .ifPresent(run -> run.touchedNanos = nanos.getAsLong());
  }

  /** Of a run that is not known, and of another caller's, that there was nothing. */
  synchronized JsonObject report(String subject, String name) {
    forgetOld(nanos.getAsLong());
    JsonArray requests = new JsonArray();
    Optional<Run> run = Optional.ofNullable(runs.get(new Key(subject, name)));
    run.ifPresent(
        known -> known.sightings.forEach(s -> requests.add(s.toJson(known.startedNanos))));
    return new JsonObject()
        .put("replica", replica)
        .put("run", name)
        .put("requestsOfRun", run.map(known -> known.requests).orElse(0))
        .put("requests", requests);
  }

  private void forgetOld(long now) {
    runs.values().removeIf(run -> now - run.touchedNanos > KEPT.toNanos() && !run.isOpen());
  }

  /** One that is over, if there is one. */
  private void forgetOldest() {
    Map.Entry<Key, Run> oldest =
        runs.entrySet().stream()
            .filter(run -> !run.getValue().isOpen())
            .findFirst()
            .orElseGet(() -> runs.entrySet().iterator().next());
    runs.remove(oldest.getKey());
  }

  private String id() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
