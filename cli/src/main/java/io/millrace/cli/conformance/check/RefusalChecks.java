package io.millrace.cli.conformance.check;

import static io.millrace.cli.conformance.check.Expect.that;

import io.millrace.cli.conformance.Check;
import io.millrace.cli.conformance.Check.Need;
import io.millrace.cli.conformance.Trial;
import io.millrace.cli.conformance.wire.Answer;
import io.millrace.cli.conformance.wire.Printable;
import io.millrace.cli.conformance.wire.Request;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** Who gets no stream, and what they are told (§5, §6). */
final class RefusalChecks {

  private static final String PROBLEM = "application/problem+json";
  private static final List<String> TOKEN_PARAMETERS =
      List.of("access_token", "token", "jwt", "bearer");
  private static final List<String> MANAGEMENT_PATHS =
      List.of("/q/health", "/q/health/ready", "/q/metrics", "/q/info");

  private RefusalChecks() {}

  static List<Check> all() {
    return List.of(
        check(
            "auth.no-token",
            "§5",
            "Without a token the answer is 401 with the challenge Bearer and no error code",
            RefusalChecks::noToken),
        check(
            "auth.bad-token",
            "§5",
            "A token whose signature is wrong is answered 401 with error=\"invalid_token\"",
            RefusalChecks::badToken),
        check(
            "auth.problem",
            "§5",
            "A refusal is a problem document with its status",
            trial -> problem(trial, trial.send(trial.anonymous()), 401)),
        check(
            "auth.query-token",
            "§6",
            "A token in the query is never read",
            RefusalChecks::queryToken),
        check(
            "auth.foreign",
            "§5",
            "A scope or conversation that the token does not name is answered 403",
            RefusalChecks::foreign),
        check(
            "query.malformed",
            "§5",
            "A malformed query is answered 400 and the problem names the parameter",
            RefusalChecks::malformed),
        check(
            "ingress.no-management",
            "§5",
            "Health, metrics and info are not to be had at the address of the streams",
            RefusalChecks::noManagement));
  }

  private static Check check(String id, String clause, String sentence, Check.Body body) {
    return new Check(id, clause, sentence, Need.NOTHING, body);
  }

  private static void noToken(Trial trial) throws Exception {
    Answer answer = trial.send(trial.anonymous());
    String challenge = challenge(trial, answer);
    that(
        challenge.matches("(?i)bearer( .*)?") && !challenge.contains("error="),
        "WWW-Authenticate is " + Printable.quoted(challenge));
  }

  private static void badToken(Trial trial) throws Exception {
    Answer answer = trial.send(trial.anonymous().bearer(forged(trial.target().token())));
    String challenge = challenge(trial, answer);
    that(
        challenge.matches("(?i)bearer .*") && challenge.contains("error=\"invalid_token\""),
        "WWW-Authenticate is " + Printable.quoted(challenge));
  }

  private static String challenge(Trial trial, Answer answer) throws Exception {
    requireStatus(trial, answer, 401);
    return answer.header("WWW-Authenticate");
  }

  /** The same claims, signed by nobody. */
  private static String forged(String token) {
    int signature = token.lastIndexOf('.') + 1;
    return token.substring(0, signature) + "A".repeat(token.length() - signature);
  }

  private static void queryToken(Trial trial) throws Exception {
    for (String parameter : TOKEN_PARAMETERS) {
      Request request = trial.anonymous().query(parameter, trial.target().token());
      Answer answer = trial.send(request);
      that(answer.status() == 401, "with ?" + parameter + "= came " + answer);
    }
  }

  private static void foreign(Trial trial) throws Exception {
    String parameter = trial.target().surface().narrowing();
    Answer answer = trial.send(trial.request().query(parameter, trial.target().foreignKey()));
    problem(trial, answer, 403);
  }

  private static void malformed(Trial trial) throws Exception {
    malformed(trial, trial.target().surface().checkedParameter(), "no:such:thing");
  }

  /** Asks with a value that must be refused. */
  static void malformed(Trial trial, String parameter, String value) throws Exception {
    Answer answer = trial.send(trial.request().query(parameter, value));
    JsonObject problem = problem(trial, answer, 400);
    that(
        parameter.equals(problem.getValue("parameter")),
        "the problem names no parameter: " + answer);
  }

  private static JsonObject problem(Trial trial, Answer answer, int status) throws Exception {
    requireStatus(trial, answer, status);
    String type = answer.header("Content-Type").toLowerCase(Locale.ROOT);
    that(type.startsWith(PROBLEM), "Content-Type is " + Printable.quoted(type));
    try {
      JsonObject problem = new JsonObject(answer.text());
      that(problem.getValue("status") instanceof Integer named && named == status, "" + answer);
      return problem;
    } catch (DecodeException notJson) {
      that(false, "the body is no JSON: " + answer);
      return new JsonObject();
    }
  }

  private static void requireStatus(Trial trial, Answer answer, int status) throws Exception {
    if (answer.status() != 200) {
      answer.awaitEnd(trial.target().timeout());
    }
    that(answer.status() == status, "instead of " + status + " came " + answer);
  }

  private static void noManagement(Trial trial) throws Exception {
    for (String path : MANAGEMENT_PATHS) {
      Answer answer = trial.send(trial.beside(path));
      answer.await(a -> a.text().length() > 100, trial.target().timeout());
      that(!isManagement(answer), path + " is there: " + answer);
    }
  }

  /** Not by the status: a site of one page answers every path with 200. */
  private static boolean isManagement(Answer answer) {
    String body = answer.text();
    return body.contains("\"checks\"") || body.contains("# HELP ") || body.contains("\"build\"");
  }
}
