package io.millrace.cli.conformance.check;

import static io.millrace.cli.conformance.check.Expect.that;

import io.millrace.cli.conformance.Check;
import io.millrace.cli.conformance.Check.Need;
import io.millrace.cli.conformance.Trial;
import io.millrace.cli.conformance.wire.Answer;
import io.millrace.cli.conformance.wire.Printable;
import java.util.List;
import java.util.Locale;

/** The head of a stream (§5), as it is after all proxies. */
final class HeadChecks {

  private static final String CLAUSE = "§5";

  private HeadChecks() {}

  static List<Check> all() {
    return List.of(
        check("head.content-type", "A stream is text/event-stream in UTF-8", HeadChecks::type),
        check(
            "head.cache-control",
            "Cache-Control is no-cache, no-store, no-transform",
            HeadChecks::cacheControl),
        check(
            "head.accel-buffering",
            "X-Accel-Buffering: no reaches the client, so any proxy on the way has seen it",
            HeadChecks::accelBuffering),
        check(
            "head.heartbeat",
            "Millrace-Heartbeat names the heartbeat in whole seconds",
            HeadChecks::heartbeat),
        check(
            "head.not-compressed",
            "A stream is never compressed, whatever Accept-Encoding allows",
            HeadChecks::notCompressed),
        check(
            "head.any-accept",
            "Any Accept header is answered with a stream, never 406",
            HeadChecks::anyAccept),
        check(
            "head.no-redirect",
            "Nothing is redirected, with a token or without",
            HeadChecks::noRedirect));
  }

  private static Check check(String id, String sentence, Check.Body body) {
    return new Check(id, CLAUSE, sentence, Need.NOTHING, body);
  }

  private static void type(Trial trial) throws Exception {
    String type = trial.open(trial.narrow()).header("Content-Type");
    that(
        type.toLowerCase(Locale.ROOT)
            .replace(" ", "")
            .replace("\"", "")
            .equals("text/event-stream;charset=utf-8"),
        "Content-Type is " + Printable.quoted(type));
  }

  private static void cacheControl(Trial trial) throws Exception {
    String value = trial.open(trial.narrow()).header("Cache-Control");
    List<String> directives = List.of(value.toLowerCase(Locale.ROOT).split("\\s*,\\s*"));
    that(
        directives.containsAll(List.of("no-cache", "no-store", "no-transform")),
        "Cache-Control is " + Printable.quoted(value));
  }

  private static void accelBuffering(Trial trial) throws Exception {
    String value = trial.open(trial.narrow()).header("X-Accel-Buffering");
    that(value.equalsIgnoreCase("no"), "X-Accel-Buffering is " + Printable.quoted(value));
  }

  private static void heartbeat(Trial trial) throws Exception {
    String value = trial.open(trial.narrow()).header("Millrace-Heartbeat");
    that(value.matches("[1-9]\\d{0,4}"), "Millrace-Heartbeat is " + Printable.quoted(value));
  }

  private static void notCompressed(Trial trial) throws Exception {
    Answer answer = trial.send(trial.narrow().header("Accept-Encoding", "gzip, deflate, br, zstd"));
    String encoding = answer.header("Content-Encoding");
    that(
        encoding.isEmpty() || encoding.equalsIgnoreCase("identity"),
        "Content-Encoding is " + Printable.quoted(encoding));
    trial.await(answer, "the first bytes, uncompressed,", a -> a.text().contains(": ready"));
  }

  private static void anyAccept(Trial trial) throws Exception {
    for (String accept : List.of("*/*", "application/json", "text/html;q=0.9", "image/avif")) {
      Answer answer = trial.send(trial.narrow().header("Accept", accept));
      that(answer.status() == 200, "Accept: " + accept + " was answered " + answer);
    }
  }

  private static void noRedirect(Trial trial) throws Exception {
    for (Answer answer : List.of(trial.send(trial.narrow()), trial.send(trial.anonymous()))) {
      that(
          answer.status() / 100 != 3 && answer.header("Location").isEmpty(),
          "the answer leads elsewhere: " + answer);
    }
  }
}
