package io.millrace.e2e.breaker;

import io.millrace.e2e.breaker.oracle.Visit;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A browser: it holds the id of the last frame it took, and when its stream ends without its doing
 * it goes to the next replica with it. The schedule tells it where to be; a thread of its own
 * reads.
 */
final class Client implements AutoCloseable {

  static final String PATH = "/api/notifications";

  /** Between attempts; a browser waits a second or more. */
  private static final long RETRY_MILLIS = 40;

  /**
   * Where it wants to be.
   *
   * @param id the id to come with; empty: the one it holds
   * @param scope the one scope it asks for; empty: all it has
   */
  record Wish(int replica, Optional<String> id, Optional<String> scope) {}

  private static final Wish AWAY = new Wish(-1, Optional.empty(), Optional.empty());

  private final Caller caller;
  private final List<Integer> ports;
  private final Thread thread;
  private final List<Visit> visits = new ArrayList<>();

  /** Compared by identity: the same wish again is another one. */
  private Wish wish = AWAY;

  private Optional<Connection> connection = Optional.empty();
  private volatile String bearer;
  private boolean stalled;
  private boolean closed;

  /**
   * Who a client is.
   *
   * @param scopes all that addresses it
   * @param signIn gives the value of its Authorization header, a fresh one each time
   */
  record Caller(String name, List<String> scopes, Supplier<String> signIn) {}

  /**
   * @param ports of the replicas
   */
  Client(Caller caller, List<Integer> ports) {
    this.caller = caller;
    this.ports = ports;
    this.bearer = caller.signIn().get();
    this.thread = new Thread(this::run, caller.name());
    thread.setDaemon(true);
    thread.start();
  }

  Caller caller() {
    return caller;
  }

  /** The value of its Authorization header. */
  String bearer() {
    return bearer;
  }

  /** Leaves where it is, if anywhere, and goes there; reads when it has stalled. */
  synchronized void go(Wish there) {
    wish = there;
    stalled = false;
    leave();
  }

  /** Goes away and stays away. */
  synchronized void vanish() {
    wish = AWAY;
    stalled = false;
    leave();
  }

  private void leave() {
    connection.ifPresent(Connection::close);
    connection = Optional.empty();
    notifyAll();
  }

  synchronized void stall() {
    stalled = true;
  }

  synchronized void read() {
    stalled = false;
    notifyAll();
  }

  private synchronized void awaitReading() {
    try {
      while (stalled) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized List<Visit> visits() {
    return List.copyOf(visits);
  }

  /** Whether it is, or wants to be, somewhere. */
  synchronized boolean isThere() {
    return wish != AWAY;
  }

  synchronized Visit lastVisit() {
    return visits.get(visits.size() - 1);
  }

  /** Every id it was ever given, oldest first. */
  List<String> ids() {
    return visits().stream().flatMap(v -> v.frames().stream()).map(Visit.Frame::id).toList();
  }

  private void run() {
    try {
      for (Optional<Wish> next = next(); next.isPresent(); next = next()) {
        Wish now = next.get();
        Visit visit = visit(now);
        visit.end(follow(now, visit));
        if (visit.wasRefused()) {
          bearer = caller.signIn().get();
        }
        goOn(now);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Optional<Wish> next() throws InterruptedException {
    while (wish == AWAY && !closed) {
      wait();
    }
    return closed ? Optional.empty() : Optional.of(wish);
  }

  private synchronized Visit visit(Wish now) {
    String held = visits.isEmpty() ? "" : visits.get(visits.size() - 1).heldId();
    Set<String> scopes = now.scope().map(Set::of).orElse(Set.copyOf(caller.scopes()));
    Visit visit = new Visit(now.replica(), now.id().orElse(held), scopes);
    visits.add(visit);
    return visit;
  }

  private String follow(Wish now, Visit visit) {
    try (Connection opened = new Connection(ports.get(now.replica()), request(now, visit))) {
      synchronized (this) {
        if (wish != now) {
          return "overtaken by the schedule";
        }
        connection = Optional.of(opened);
      }
      return opened.follow(visit, this::awaitReading);
    } catch (IOException gone) {
      return gone.toString();
    }
  }

  private String request(Wish now, Visit visit) {
    StringBuilder request = new StringBuilder("GET ").append(PATH);
    now.scope()
        .map(scope -> URLEncoder.encode(scope, StandardCharsets.UTF_8))
        .ifPresent(scope -> request.append("?scope=").append(scope));
    request.append(" HTTP/1.1\r\nHost: breaker\r\nAccept: text/event-stream\r\n");
    request.append("Authorization: ").append(bearer).append("\r\n");
    if (!visit.sentId().isEmpty()) {
      request.append("Last-Event-ID: ").append(visit.sentId()).append("\r\n");
    }
    return request.append("\r\n").toString();
  }

  /** The stream has ended; unless the schedule ended it, another replica is asked. */
  private void goOn(Wish ended) throws InterruptedException {
    synchronized (this) {
      connection = Optional.empty();
      if (wish != ended) {
        return;
      }
      int other = (ended.replica() + 1) % ports.size();
      wish = new Wish(other, Optional.empty(), ended.scope());
    }
    TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      wish = AWAY;
      stalled = false;
      leave();
    }
    thread.interrupt();
  }
}
