package io.millrace.cli.conformance.check;

import static io.millrace.cli.conformance.check.Expect.that;

import io.millrace.cli.conformance.Check;
import io.millrace.cli.conformance.Check.Need;
import io.millrace.cli.conformance.Trial;
import io.millrace.cli.conformance.wire.Answer;
import io.millrace.cli.conformance.wire.Printable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a page of another origin may read (§5). */
final class CorsChecks {

  private static final String CLAUSE = "§5";
  private static final String STRANGER = "https://conformance.invalid";

  private CorsChecks() {}

  static List<Check> all() {
    return List.of(
        check("cors.allowed", "The allowed origin is named exactly", CorsChecks::allowed),
        check(
            "cors.varies",
            "Vary names Origin, so that no cache hands one origin's answer to another",
            CorsChecks::varies),
        check(
            "cors.exposes",
            "Millrace-Heartbeat is exposed to a page of the allowed origin",
            CorsChecks::exposes),
        check("cors.stranger", "Another origin is not allowed", CorsChecks::stranger),
        check(
            "cors.preflight",
            "The allowed origin may send Authorization and Last-Event-ID",
            CorsChecks::preflight));
  }

  private static Check check(String id, String sentence, Check.Body body) {
    return new Check(id, CLAUSE, sentence, Need.ORIGIN, body);
  }

  private static String origin(Trial trial) {
    return trial.target().origin().orElseThrow();
  }

  private static Answer opened(Trial trial) throws Exception {
    return trial.open(trial.narrow().header("Origin", origin(trial)));
  }

  private static void allowed(Trial trial) throws Exception {
    requireAllowed(opened(trial), origin(trial));
  }

  private static void requireAllowed(Answer answer, String origin) throws Exception {
    String named = answer.header("Access-Control-Allow-Origin");
    that(named.equals(origin), "Access-Control-Allow-Origin is " + Printable.quoted(named));
  }

  private static void varies(Trial trial) throws Exception {
    String vary = opened(trial).header("Vary");
    that(names(vary).contains("origin"), "Vary is " + Printable.quoted(vary));
  }

  private static void exposes(Trial trial) throws Exception {
    String exposed = opened(trial).header("Access-Control-Expose-Headers");
    that(
        names(exposed).contains("millrace-heartbeat"),
        "Access-Control-Expose-Headers is " + Printable.quoted(exposed));
  }

  private static void stranger(Trial trial) throws Exception {
    Answer answer = trial.send(trial.narrow().header("Origin", STRANGER));
    String named = answer.header("Access-Control-Allow-Origin");
    that(
        !named.equals("*") && !named.equals(STRANGER),
        "Access-Control-Allow-Origin is " + Printable.quoted(named) + " for " + STRANGER);
  }

  private static void preflight(Trial trial) throws Exception {
    Answer answer =
        trial.send(
            trial
                .anonymous()
                .method("OPTIONS")
                .header("Origin", origin(trial))
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization,last-event-id"));
    that(answer.status() / 100 == 2, "a preflight was answered " + answer);
    requireAllowed(answer, origin(trial));
    String headers = answer.header("Access-Control-Allow-Headers");
    that(
        names(headers).containsAll(List.of("authorization", "last-event-id")),
        "Access-Control-Allow-Headers is " + Printable.quoted(headers));
  }

  private static List<String> names(String list) {
    return Arrays.asList(list.toLowerCase(Locale.ROOT).strip().split("\\s*,\\s*"));
  }
}
