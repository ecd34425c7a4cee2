package io.millrace.cli.conformance;

import io.millrace.cli.conformance.deployment.Surface;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Refusals, identities and origins that are not handled as the contract says. */
final class AccessFlaws {

  private AccessFlaws() {}

  static Stream<Flaw> all() {
    return Stream.of(tokens(), refusals(), others()).flatMap(flaws -> flaws);
  }

  private static Stream<Flaw> tokens() {
    return Stream.of(
        refusing(
            "auth.no-token",
            "instead of 401 came 403",
            (request, refusal) ->
                request.header("authorization").isPresent()
                    ? refusal
                    : Optional.of(Refusal.problem(403, ""))),
        refusing(
            "auth.no-token", "WWW-Authenticate is \"\"", (request, refusal) -> plain(refusal, 401)),
        refusing(
            "auth.no-token",
            "WWW-Authenticate is \"Bearer error",
            (request, refusal) ->
                refusal.map(r -> r.with("WWW-Authenticate", "Bearer error=\"invalid_token\""))),
        refusing(
            "auth.bad-token",
            "WWW-Authenticate is \"Bearer\"",
            (request, refusal) -> refusal.map(r -> r.with("WWW-Authenticate", "Bearer"))),
        refusing(
            "auth.bad-token",
            "instead of 401 came 200",
            (request, refusal) ->
                request.header("authorization").isPresent() ? Optional.empty() : refusal),
        Flaw.of(
            "auth.query-token",
            "with ?access_token= came 200",
            new Behaviour() {
              @Override
              Optional<String> token(TestRequest request) {
                return super.token(request).or(() -> request.parameter("access_token"));
              }
            }));
  }

  private static Stream<Flaw> refusals() {
    return Stream.of(
        refusing(
            "auth.problem",
            "Content-Type is \"text/html\"",
            (request, refusal) -> refusal.map(r -> r.with("Content-Type", "text/html"))),
        refusing(
            "auth.problem",
            "the body is no JSON",
            (request, refusal) ->
                refusal.map(r -> new Refusal(r.status(), r.headers(), "<h1>no</h1>"))),
        refusing(
            "auth.problem",
            "401 (application/problem+json)",
            (request, refusal) ->
                refusal.map(r -> new Refusal(r.status(), r.headers(), "{\"status\":500}"))),
        Flaw.of(
            "auth.foreign",
            "instead of 403 came 200",
            new Behaviour() {
              @Override
              Optional<Refusal> foreign(TestRequest request, TestDeployment deployment) {
                return Optional.empty();
              }
            }),
        malformed("instead of 400 came 200", Optional.empty()),
        malformed("names no parameter", Optional.of(Refusal.problem(400, ""))),
        malformed(
            "names no parameter", Optional.of(Refusal.problem(400, ",\"parameter\":\"other\""))));
  }

  private static Flaw refusing(
      String check,
      String message,
      BiFunction<TestRequest, Optional<Refusal>, Optional<Refusal>> change) {
    return Flaw.of(
        check,
        message,
        new Behaviour() {
          @Override
          Optional<Refusal> refuse(TestRequest request, TestDeployment deployment) {
            return change.apply(request, super.refuse(request, deployment));
          }
        });
  }

  private static Optional<Refusal> plain(Optional<Refusal> refusal, int status) {
    return refusal.map(r -> Refusal.problem(status, ""));
  }

  private static Flaw malformed(String message, Optional<Refusal> answer) {
    return Flaw.of(
        "query.malformed",
        message,
        new Behaviour() {
          @Override
          Optional<Refusal> malformed(TestRequest request, Surface surface) {
            return super.malformed(request, surface).flatMap(right -> answer);
          }

          @Override
          Optional<Refusal> foreign(TestRequest request, TestDeployment deployment) {
            return Optional.empty();
          }
        });
  }

  private static Stream<Flaw> others() {
    return Stream.of(
        elsewhere("/q/metrics", "# HELP millrace_tail_bytes of the tail\n"),
        elsewhere("/q/health/ready", "{\"status\":\"UP\",\"checks\":[]}"),
        elsewhere("/q/info", "{\"build\":{\"version\":\"1\"}}"),
        Flaw.of(
            "cors.stranger",
            "for https://conformance.invalid",
            new Behaviour() {
              @Override
              Map<String, String> cors(TestRequest request) {
                Map<String, String> head = super.cors(request);
                request
                    .header("origin")
                    .ifPresent(origin -> head.put("Access-Control-Allow-Origin", origin));
                return head;
              }
            }),
        preflight("a preflight was answered 405", Refusal.problem(405, "")),
        preflight("Access-Control-Allow-Origin is", Refusal.problem(200, "")),
        preflight(
            "Access-Control-Allow-Headers is",
            Refusal.problem(200, "")
                .with("Access-Control-Allow-Origin", Behaviour.ORIGIN)
                .with("Access-Control-Allow-Headers", "authorization")));
  }

  private static Flaw elsewhere(String path, String body) {
    return Flaw.of(
        "ingress.no-management",
        path + " is there",
        new Behaviour() {
          @Override
          Refusal elsewhere(String asked) {
            return asked.equals(path)
                ? new Refusal("200 OK", Map.of(), body)
                : super.elsewhere(asked);
          }
        });
  }

  private static Flaw preflight(String message, Refusal answer) {
    return Flaw.of(
        "cors.preflight",
        message,
        new Behaviour() {
          @Override
          Refusal preflight(TestRequest request) {
            return answer;
          }
        });
  }
}
