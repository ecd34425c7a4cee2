package io.millrace.e2e.rollout;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Listeners, each somebody else, on one event loop. */
final class Crowd implements AutoCloseable {

  /** Three heartbeats: a stream that says nothing for so long is dead, whoever should have told. */
  private static final int SILENCE_SECONDS = 30;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Journal journal = new Journal();
  private final List<Listener> listeners;

  /**
   * @param surface the URL of the stream
   * @param bearer the Authorization header of each listener, by its number
   */
  Crowd(int size, String surface, IntFunction<String> bearer) {
    HttpClientOptions options =
        new HttpClientOptions().setConnectTimeout(5_000).setReadIdleTimeout(SILENCE_SECONDS);
    HttpClient client =
        vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(2 * size));
    listeners =
        IntStream.range(0, size)
            .mapToObj(
                number ->
                    new Listener(vertx, client, request(surface, bearer.apply(number)), journal))
            .toList();
  }

  private static RequestOptions request(String surface, String bearer) {
    return new RequestOptions()
        .setAbsoluteURI(surface)
        .putHeader("Accept", "text/event-stream")
        .putHeader("Authorization", bearer);
  }

  void connect() {
    vertx.runOnContext(now -> listeners.forEach(Listener::connect));
  }

  Journal journal() {
    return journal;
  }

  long open() {
    return listeners.stream().filter(Listener::isOpen).count();
  }

  /** Whether everybody has an id to come back with. */
  boolean knowsWhereItIs() {
    return listeners.stream().allMatch(Listener::hasId);
  }

  /** Deliveries of these events that are still due. */
  int missing(List<BitSet> events) {
    return listeners.stream().mapToInt(one -> one.receipts().missing(events)).sum();
  }

  /** Deliveries of these events that came after those of later ones of their key. */
  int disordered(List<BitSet> events) {
    return listeners.stream().mapToInt(one -> one.receipts().disordered(events)).sum();
  }

  int repeated() {
    return listeners.stream().mapToInt(one -> one.receipts().repeated()).sum();
  }

  @Override
  public void close() {
    vertx.close();
  }
}
