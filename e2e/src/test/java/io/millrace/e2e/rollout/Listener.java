package io.millrace.e2e.rollout;

import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.parsetools.RecordParser;
import java.nio.charset.StandardCharsets;

/**
 * One {@code EventSource}, as the standard has it: it comes back with its last id after the time it
 * was told, from an end, a cut or a failed connection alike. Any other answer than 200 would end a
 * browser's for good; this one notes it and comes back, so that the count goes on. One event loop.
 */
final class Listener {

  /** Of a browser that was told nothing. */
  private static final long DEFAULT_RETRY_MILLIS = 3_000;

  private final Vertx vertx;
  private final HttpClient client;
  private final RequestOptions request;
  private final Receipts receipts = new Receipts(Feed.KEYS.size());
  private final Journal journal;

  private String lastId = "";
  private long retryMillis = DEFAULT_RETRY_MILLIS;
  private volatile boolean open;
  private volatile boolean hasId;
  private boolean toldToGo;
  private boolean returning;

  private String id = "";
  private String event = "";
  private String data = "";

  /**
   * @param request what it asks for, but for the id
   * @param journal shared by all listeners of the event loop
   */
  Listener(Vertx vertx, HttpClient client, RequestOptions request, Journal journal) {
    this.vertx = vertx;
    this.client = client;
    this.request = request;
    this.journal = journal;
  }

  Receipts receipts() {
    return receipts;
  }

  /** Whether it has a stream. */
  boolean isOpen() {
    return open;
  }

  /** Whether it knows where it is. */
  boolean hasId() {
    return hasId;
  }

  void connect() {
    RequestOptions now = new RequestOptions(request);
    if (!lastId.isEmpty()) {
      now.putHeader("Last-Event-ID", lastId);
    }
    if (returning) {
      journal.returned(toldToGo);
    }
    returning = true;
    toldToGo = false;
    client.request(now).compose(HttpClientRequest::send).onComplete(this::answered);
  }

  private void answered(AsyncResult<HttpClientResponse> answer) {
    if (answer.failed()) {
      journal.unreachable();
      comeBack();
    } else if (answer.result().statusCode() != 200) {
      journal.refused(answer.result().statusCode());
      comeBack();
    } else {
      follow(answer.result());
    }
  }

  private void follow(HttpClientResponse response) {
    RecordParser lines =
        RecordParser.newDelimited("\n", line -> line(line.toString(StandardCharsets.UTF_8)));
    response.handler(lines);
    response.endHandler(end -> ended(false));
    response.exceptionHandler(cut -> ended(true));
  }

  private void line(String line) {
    if (line.isEmpty()) {
      dispatch();
    } else if (line.startsWith("id: ")) {
      id = line.substring(4);
    } else if (line.startsWith("event: ")) {
      event = line.substring(7);
    } else if (line.startsWith("data: ")) {
      data = line.substring(6);
    } else if (line.startsWith("retry: ")) {
      retryMillis = Long.parseLong(line.substring(7));
    } else if (line.equals(": ready")) {
      open = true;
    } else if (line.equals(": busy")) {
      journal.busy();
    }
  }

  private void dispatch() {
    if (!id.isEmpty()) {
      lastId = id;
      hasId = true;
    }
    if (event.equals("stream.reconnect")) {
      toldToGo = true;
    } else if (event.equals("stream.reset")) {
      journal.reset(data);
    } else if (event.isEmpty() && !data.isEmpty()) {
      JsonArray numbered = new JsonArray(data);
      receipts.take(numbered.getInteger(0), numbered.getInteger(1));
    }
    id = "";
    event = "";
    data = "";
  }

  private void ended(boolean cut) {
    if (open) {
      journal.ended(toldToGo, cut);
    }
    open = false;
    id = "";
    event = "";
    data = "";
    comeBack();
  }

  private void comeBack() {
    vertx.setTimer(Math.max(retryMillis, 1), now -> connect());
  }
}
