package io.millrace.cli.conformance;

import io.millrace.cli.conformance.deployment.Surface;
import io.millrace.cli.conformance.deployment.Target;
import io.millrace.cli.http.TinyOrigin;
import io.millrace.cli.http.TinyOrigin.Exchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A deployment of one surface with a log in memory, which behaves as a test says. */
final class TestDeployment implements AutoCloseable {

  static final String TOKEN = token("{\"sub\":\"alice\",\"conversations\":[\"c1\"]}");
  static final String PUBLISHER = token("{\"sub\":\"shop\",\"groups\":[\"publisher\"]}");

  private static final int HEARTBEAT_MS = 1_000;

  private final Surface surface;
  private final Behaviour behaviour;
  private final TinyOrigin origin;
  private final List<TestEvent> log = new ArrayList<>();
  private int open;
  private int streams;
  private boolean closed;

  TestDeployment(Surface surface, Behaviour behaviour) {
    this.surface = surface;
    this.behaviour = behaviour;
    try {
      origin = TinyOrigin.start(this::answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String token(String claims) {
    String head = part("{\"alg\":\"ES256\"}");
    return head + "." + part(claims) + "." + part("signature of this token");
  }

  private static String part(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes());
  }

  Surface surface() {
    return surface;
  }

  String key() {
    return surface == Surface.NOTIFICATIONS ? "user:alice" : "c1";
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + origin.port() + surface.path());
  }

  Target target(Duration timeout) {
    return new Target(uri(), surface, TOKEN, key(), Optional.of(Behaviour.ORIGIN), timeout);
  }

  /** Adds an event; returns the offset behind it. */
  synchronized int publish(TestEvent event) {
    log.add(event);
    notifyAll();
    return log.size();
  }

  /** Whether the end of this run is before this offset. */
  synchronized boolean isOver(String run, int next) {
    return log.subList(0, Math.min(next, log.size())).stream().anyMatch(e -> e.isEndOf(run));
  }

  private void answer(Exchange exchange) {
    try (Socket ended = exchange.socket()) {
      ended.setTcpNoDelay(true);
      TestRequest request = TestRequest.of(exchange);
      if (!request.path().equals(surface.path())) {
        write(exchange, behaviour.elsewhere(request.path()));
      } else if (request.method().equals("OPTIONS")) {
        write(exchange, behaviour.preflight(request));
      } else if (request.method().equals("POST")) {
        write(exchange, behaviour.post(request, this));
      } else {
        Optional<Refusal> refusal = behaviour.refuse(request, this);
        if (refusal.isPresent()) {
          write(exchange, refusal.get());
        } else {
          stream(exchange, request);
        }
      }
    } catch (IOException | UncheckedIOException | InterruptedException gone) {
      // The client has left.
    }
  }

  private static void write(Exchange exchange, Refusal refusal) {
    exchange.write(
        head(refusal.status(), refusal.headers())
            + "Content-Length: "
            + refusal.body().length()
            + "\r\nConnection: close\r\n\r\n"
            + refusal.body());
  }

  private static String head(String status, Map<String, String> headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return head.toString();
  }

  private void stream(Exchange exchange, TestRequest request)
      throws InterruptedException, IOException {
    int position;
    int number;
    String first;
    synchronized (this) {
      number = ++streams;
      Optional<String> last = behaviour.lastEventId(request);
      OptionalInt resumed =
          last.map(behaviour::position)
              .orElseGet(() -> OptionalInt.of(behaviour.begin(request, log)));
      position = resumed.orElse(log.size());
      first = behaviour.firstFrame(++open);
      if (resumed.isEmpty()) {
        first += behaviour.reset(behaviour.cursor(position), last.orElseThrow());
      }
    }
    Thread watch = new Thread(() -> leave(exchange), "test-deployment");
    watch.setDaemon(true);
    watch.start();
    exchange.write(head("200 OK", behaviour.head(request)) + "Transfer-Encoding: chunked\r\n\r\n");
    chunk(exchange, first);
    serve(exchange, request, position, number);
  }

  /** A stream counts as open until its client closes. */
  private void leave(Exchange exchange) {
    try {
      exchange.in().read();
    } catch (IOException gone) {
      // Gone all the same.
    }
    synchronized (this) {
      open--;
    }
  }

  private void serve(Exchange exchange, TestRequest request, int from, int number)
      throws InterruptedException, IOException {
    int position = from;
    List<TestEvent> waiting = new ArrayList<>();
    while (true) {
      boolean silent;
      synchronized (this) {
        if (position >= log.size() && !closed) {
          wait(HEARTBEAT_MS);
        }
        if (closed) {
          return;
        }
        silent = position >= log.size();
        for (; position < log.size(); position++) {
          waiting.add(log.get(position));
        }
      }
      if (silent) {
        chunk(exchange, behaviour.heartbeat());
      }
      List<TestEvent> sent = List.copyOf(behaviour.send(waiting, number));
      for (TestEvent event : sent) {
        String cursor = behaviour.cursor(indexOf(event) + 1);
        if (behaviour.sees(key(), event) && behaviour.isOf(request, event)) {
          chunk(exchange, behaviour.frame(cursor, event));
        }
        if (request.parameter("runId").filter(event::isEndOf).isPresent()) {
          chunk(exchange, behaviour.end(cursor));
          exchange.end();
          return;
        }
      }
      waiting.removeAll(sent);
    }
  }

  private synchronized int indexOf(TestEvent event) {
    return log.indexOf(event);
  }

  /** An empty chunk would end the stream. */
  private static void chunk(Exchange exchange, String text) {
    if (!text.isEmpty()) {
      exchange.chunk(text);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      origin.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
