package io.millrace.cli.doctor;

import io.millrace.cli.http.TinyOrigin;
import io.millrace.cli.http.TinyOrigin.Exchange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A probe behind a chain with one ill, on loopback. */
final class ScriptedProbe implements AutoCloseable {

  static final String TOKEN = "good.token.sig";

  private static final Pattern PARAMETER = Pattern.compile("[?&]([a-z]+)=([^& ]*)");
  private static final int MOST_OPEN = 3;

  private final Ill ill;
  private final TinyOrigin origin;
  private final List<JsonObject> requests = new ArrayList<>();
  private final Map<String, String> connections = new ConcurrentHashMap<>();
  private final Map<String, Lock> locks = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();

  ScriptedProbe(Ill ill) throws IOException {
    this.ill = ill;
    origin = TinyOrigin.start(this::take);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + origin.port() + "/api/notifications");
  }

  private void take(Exchange exchange) {
    try {
      Map<String, String> parameters = new TreeMap<>();
      Matcher matcher = PARAMETER.matcher(exchange.requestLine());
      while (matcher.find()) {
        parameters.put(matcher.group(1), matcher.group(2));
      }
      if (!exchange.headers().getOrDefault("authorization", "").equals("Bearer " + TOKEN)) {
        exchange.answer(
            "401 Unauthorized", "application/problem+json", "{\"detail\":\"the token is bad\"}");
      } else if (parameters.getOrDefault("phase", "").equals("report")) {
        exchange.answer(
            "200 OK", "application/json", report(parameters.getOrDefault("run", "")).encode());
      } else {
        stream(exchange, parameters);
      }
    } catch (IOException gone) {
      // The doctor has left.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stream(Exchange exchange, Map<String, String> parameters)
      throws IOException, InterruptedException {
    if (open.incrementAndGet() > MOST_OPEN && ill == Ill.REFUSES_THE_FOURTH) {
      open.decrementAndGet();
      exchange.answer("503 Service Unavailable", "text/html", "<h1>limit</h1>");
      return;
    }
    Lock lock = locks.computeIfAbsent(exchange.requestLine(), line -> new ReentrantLock());
    boolean locked = ill == Ill.LOCKS_AN_ADDRESS;
    if (locked) {
      lock.lock();
    }
    try {
      serve(exchange, parameters);
    } finally {
      open.decrementAndGet();
      if (locked) {
        lock.unlock();
      }
    }
  }

  private void serve(Exchange exchange, Map<String, String> parameters)
      throws IOException, InterruptedException {
    String line = exchange.requestLine();
    String fresh = UUID.randomUUID().toString();
    boolean shares = ill == Ill.SHARES_A_STREAM || ill == Ill.REPLAYS_FROM_A_CACHE;
    String connection = shares ? connections.getOrDefault(line, fresh) : fresh;
    if (ill == Ill.SHARES_A_STREAM) {
      connection = connections.computeIfAbsent(line, unseen -> fresh);
    }
    JsonObject entry =
        new JsonObject()
            .put("connection", connection)
            .put("run", parameters.get("run"))
            .put("phase", parameters.get("phase"))
            .put("request", parameters.get("request"))
            .put("openedMillis", 0.0)
            .put("ended", "open");
    synchronized (requests) {
      requests.add(entry);
    }
    ScriptedStream stream = new ScriptedStream(ill, exchange, parameters, connection);
    String ended = stream.play();
    connections.putIfAbsent(line, connection);
    synchronized (requests) {
      entry.put("ended", ended).put("endedMillis", stream.millis());
    }
  }

  private JsonObject report(String run) {
    synchronized (requests) {
      JsonArray all = new JsonArray();
      for (JsonObject each : requests) {
        if (!run.equals(each.getString("run"))) {
          continue;
        }
        all.add(each.copy());
        if (ill == Ill.ASKS_TWICE && "headers".equals(each.getString("request"))) {
          all.add(each.copy().put("connection", "the second"));
        }
      }
      return new JsonObject().put("replica", "one").put("run", run).put("requests", all);
    }
  }

  @Override
  public void close() throws IOException {
    origin.close();
  }
}
