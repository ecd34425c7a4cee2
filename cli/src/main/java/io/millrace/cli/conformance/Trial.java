package io.millrace.cli.conformance;

import io.millrace.cli.conformance.deployment.Publisher;
import io.millrace.cli.conformance.deployment.Target;
import io.millrace.cli.conformance.wire.Answer;
import io.millrace.cli.conformance.wire.Request;
import io.millrace.cli.conformance.wire.Violation;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One check at work: its requests, and the streams it opened, which end with it. One thread. */
public final class Trial implements AutoCloseable {

  private static final String READY = ": ready";
  private static final String BUSY = ": busy";

  /** A deployment that is full or warming up says so; it is asked again as often as this. */
  private static final int ATTEMPTS = 3;

  /** The longest {@code retry} of a soft reject. */
  private static final long LONGEST_RETRY_MS = 30_000;

  private final HttpClient http;
  private final Target target;
  private final Optional<Publisher> publisher;
  private final List<Answer> opened = new ArrayList<>();

  Trial(HttpClient http, Target target, Optional<Publisher> publisher) {
    this.http = http;
    this.target = target;
    this.publisher = publisher;
  }

  public Target target() {
    return target;
  }

  /** What publishes; a check that says it needs one has one. */
  public Publisher publisher() {
    return publisher.orElseThrow();
  }

  public boolean canPublish() {
    return publisher.isPresent();
  }

  /** A request for the surface without a token. */
  public Request anonymous() {
    return new Request(http, target.uri(), target.timeout());
  }

  /** A request for another path of the same server. */
  public Request beside(String path) {
    return new Request(http, target.beside(path), target.timeout());
  }

  /** A request for all the caller may hear. */
  public Request request() {
    return anonymous().bearer(target.token());
  }

  /** A request for this run's own key alone. */
  public Request narrow() {
    return request().query(target.surface().narrowing(), target.key());
  }

  /** Sends a request; the answer is closed with this trial. */
  public Answer send(Request request) throws Violation, IOException, InterruptedException {
    Answer answer = request.send();
    opened.add(answer);
    return answer;
  }

  /** Sends a request that must be answered with a stream, and waits for its first bytes. */
  public Answer open(Request request) throws Violation, IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Answer answer = send(request);
      if (answer.status() != 200) {
        answer.awaitEnd(target.timeout());
        throw new Violation("instead of a stream came " + answer);
      }
      boolean first =
          answer.await(a -> a.text().contains(READY) || a.text().contains(BUSY), target.timeout());
      if (first && answer.text().contains(READY)) {
        return answer;
      }
      if (!first || attempt == ATTEMPTS) {
        throw new Violation(
            (first ? "the deployment is busy: " : "the first bytes did not come: ") + answer);
      }
      answer.close();
      Thread.sleep(retry(answer));
    }
  }

  private static long retry(Answer busy) {
    return busy.text()
        .lines()
        .filter(line -> line.matches("retry: ?\\d{1,6}"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .map(millis -> Math.min(millis, LONGEST_RETRY_MS))
        .findFirst()
        .orElse(1_000);
  }

  /** Waits for something that must come on a stream. */
  public void await(Answer stream, String what, java.util.function.Predicate<Answer> expected)
      throws Violation, InterruptedException {
    Duration timeout = target.timeout();
    if (!stream.await(expected, timeout)) {
      String when =
          stream.ending().isEmpty() ? " did not come within " + timeout.toMillis() + " ms" : "";
      String end = stream.ending().isEmpty() ? "" : " did not come: " + stream.ending();
      throw new Violation(what + when + end);
    }
  }

  @Override
  public void close() {
    opened.forEach(Answer::close);
  }
}
