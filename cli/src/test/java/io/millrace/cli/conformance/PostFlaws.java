package io.millrace.cli.conformance;

import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/** Posts that are not answered as the contract says. */
final class PostFlaws {

  private PostFlaws() {}

  static Stream<Flaw> all() {
    return Stream.of(
        accepting("post.accepted", "instead of 202 came 200", "200 OK", "{\"cursor\":\"1.a.b\"}"),
        accepting("post.accepted", "has no cursor", "202 Accepted", "{}"),
        accepting("post.accepted", "has no cursor", "202 Accepted", "{\"cursor\":\"a b\"}"),
        accepting("post.accepted", "is no JSON", "202 Accepted", "thanks"),
        resuming("came [1, 2, 3]", next -> next - 1),
        resuming("came [3]", next -> next + 1),
        refusing("post.needs-token", "instead of 401 came 403", 401, Refusal.problem(403, "")),
        refusing("post.needs-role", "instead of 403 came 202", 403, accepted()),
        refusing("post.malformed", "instead of 400 came 500", 400, Refusal.problem(500, "")),
        refusing("post.malformed", "names no field", 400, Refusal.problem(400, "")),
        refusing("post.media-type", "instead of 415 came 202", 415, accepted()));
  }

  private static Refusal accepted() {
    return new Refusal("202 Accepted", Map.of(), "{\"cursor\":\"1.test.1\"}");
  }

  private static Flaw accepting(String check, String message, String status, String body) {
    return Flaw.of(
        check,
        message,
        new Behaviour() {
          @Override
          Refusal accepted(int next) {
            return new Refusal(status, Map.of(), body);
          }
        });
  }

  private static Flaw resuming(String message, IntUnaryOperator change) {
    return Flaw.of(
        "post.cursor-resumes",
        message,
        new Behaviour() {
          @Override
          Refusal accepted(int next) {
            return super.accepted(change.applyAsInt(next));
          }
        });
  }

  private static Flaw refusing(String check, String message, int status, Refusal instead) {
    return Flaw.of(
        check,
        message,
        new Behaviour() {
          @Override
          Refusal post(TestRequest request, TestDeployment deployment) {
            Refusal right = super.post(request, deployment);
            return right.status().startsWith("" + status) ? instead : right;
          }
        });
  }
}
