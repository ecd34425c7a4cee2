package io.millrace.e2e.matrix;

import static org.awaitility.Awaitility.await;

import io.millrace.e2e.Silence;
import io.millrace.e2e.SseReader;
import io.millrace.e2e.proxy.ProxyChain;
import io.millrace.e2e.proxy.ReturningClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What a client that comes back sees of numbered events: of all sizes, one after the other, and
 * while the proxies read their files again and start anew.
 */
final class StreamVisit implements AutoCloseable {

  static final String NONE = "–";
  static final String ONE_BY_ONE = "one by one";
  private static final String REPEATS = "repeats events";
  private static final String LOSES = "loses events";
  private static final String WHOLE = "nothing lost";
  static final List<String> BROKEN = List.of(REPEATS, LOSES);

  private static final List<Integer> SIZES = List.of(50, 3 << 10, 6 << 10, 64 << 10);
  private static final int ROUNDS = 3;

  /** A tenth of the time the service asks clients to wait. */
  private static final int SCALE = 10;

  private static final Duration TO_BEGIN = Duration.ofSeconds(6);

  /** An event that took longer waited for the next one. */
  private static final Duration TO_ARRIVE = Duration.ofMillis(1500);

  private static final int DURING_A_CHANGE = 6;
  private static final long PAUSE_MILLIS = 300;

  private final ProxyChain chain;
  private final Replica replica;
  private final String user;
  private final ReturningClient client;
  private int sent;

  /** Comes through the chain as a user of its own. */
  StreamVisit(ProxyChain chain, Replica replica, String user) {
    this.chain = chain;
    this.replica = replica;
    this.user = user;
    String bearer = replica.bearer(user);
    this.client = new ReturningClient(id -> open(bearer, id), SCALE);
  }

  private SseReader open(String bearer, String id) {
    List<String> headers =
        new ArrayList<>(List.of("Authorization", bearer, "Accept-Encoding", "gzip"));
    if (!id.isEmpty()) {
      headers.addAll(List.of("Last-Event-ID", id));
    }
    return chain.open(Replica.PATH, headers.toArray(String[]::new));
  }

  /**
   * How events arrive.
   *
   * @param words for the page
   * @param medianMillis from before the broker was given an event to its arrival; 0 when none came
   */
  record Delivery(String words, double medianMillis) {}

  /** The first event is repeated until it comes: without an id there is nothing to come back to. */
  boolean begins() throws Exception {
    Instant deadline = Instant.now().plus(TO_BEGIN);
    while (client.numbers().isEmpty() && Instant.now().isBefore(deadline)) {
      replica.publish(user, 0, 1);
      has(() -> !client.numbers().isEmpty(), Duration.ofMillis(PAUSE_MILLIS));
    }
    return !client.numbers().isEmpty();
  }

  /** Each event is given its time before the next one is sent. */
  Delivery delivery() throws Exception {
    List<Double> millis = new ArrayList<>();
    List<Integer> late = new ArrayList<>();
    for (int size : IntStream.range(0, ROUNDS).boxed().flatMap(n -> SIZES.stream()).toList()) {
      Instant before = Instant.now();
      int number = send(size);
      if (has(() -> client.numbers().contains(number), TO_ARRIVE)) {
        millis.add(millisSince(before, number));
      } else {
        late.add(size);
      }
    }
    return new Delivery(words(late), millis.isEmpty() ? 0 : median(millis));
  }

  private double millisSince(Instant before, int number) {
    Instant arrival =
        client.received().stream()
            .filter(each -> each.number() == number)
            .findFirst()
            .orElseThrow()
            .arrival();
    return Duration.between(before, arrival).toNanos() / 1e6;
  }

  private static String words(List<Integer> late) {
    if (late.isEmpty()) {
      return ONE_BY_ONE;
    }
    boolean onlyLarge = late.stream().allMatch(size -> size > 4 << 10);
    return onlyLarge ? "large ones with the next" : "in batches";
  }

  private static double median(List<Double> millis) {
    List<Double> sorted = millis.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private int send(int size) throws Exception {
    replica.publish(user, ++sent, size);
    return sent;
  }

  /**
   * What becomes of the stream when the proxies read their files again. Over HTTP/2 they say that
   * the connection is the last one, and the client of JDK 17 leaves at that, of later ones not.
   */
  String reload() throws Exception {
    if (!chain.canReload()) {
      return NONE;
    }
    int before = client.endings();
    chain.reload();
    String seen = during(before);
    return chain.protocol().isSecure() && !BROKEN.contains(seen) ? WHOLE : seen;
  }

  /** What becomes of the stream when the proxies go and come back. */
  String restart() throws Exception {
    int before = client.endings();
    send(SIZES.get(0));
    chain.restart();
    return during(before);
  }

  /** Events go on meanwhile; all of them must come, and once. */
  private String during(int endingsBefore) throws Exception {
    for (int event = 0; event < DURING_A_CHANGE; event++) {
      send(SIZES.get(event % 3));
      Silence.forMillis(PAUSE_MILLIS, () -> true);
    }
    has(() -> client.numbers().contains(sent), SseReader.PATIENCE);
    List<Integer> numbers = client.numbers().stream().filter(number -> number > 0).toList();
    if (numbers.stream().distinct().count() < numbers.size()) {
      return REPEATS;
    }
    if (!numbers.equals(IntStream.rangeClosed(1, sent).boxed().toList())) {
      return LOSES;
    }
    return client.endings() == endingsBefore ? "goes on" : "resumes";
  }

  private static boolean has(Callable<Boolean> condition, Duration patience) {
    try {
      await().atMost(patience).pollInterval(Duration.ofMillis(2)).until(condition);
      return true;
    } catch (ConditionTimeoutException not) {
      return false;
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
