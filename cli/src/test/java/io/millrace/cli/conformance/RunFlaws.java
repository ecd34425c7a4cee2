package io.millrace.cli.conformance;

import io.millrace.cli.conformance.deployment.Surface;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Runs that are not joined, told apart, ended or merged as the contract says. */
final class RunFlaws {

  private RunFlaws() {}

  static Stream<Flaw> all() {
    return Stream.of(beginnings(), runs(), ends(), queries()).flatMap(flaws -> flaws);
  }

  private static Stream<Flaw> beginnings() {
    return Stream.of(
        beginning("run.joined", "came [3]", "live"),
        beginning("run.from-run", "came [3]", "live"),
        beginning("run.from-live", "came [1, 2, 3]", "run"));
  }

  /** Reads every {@code from} as this one. */
  private static Flaw beginning(String check, String message, String from) {
    return Flaw.of(
        check,
        message,
        new Behaviour() {
          @Override
          int begin(TestRequest request, List<TestEvent> log) {
            return super.begin(request.with("from", from), log);
          }
        });
  }

  private static Stream<Flaw> runs() {
    return Stream.of(
        Flaw.of(
            "run.alone",
            "events of another run came",
            new Behaviour() {
              @Override
              boolean isOf(TestRequest request, TestEvent event) {
                return true;
              }
            }),
        Flaw.of(
            "run.coalesced",
            "instead of \"Nothing is",
            new Behaviour() {
              @Override
              String frame(String cursor, TestEvent event) {
                return event.json().contains("torn") ? "" : super.frame(cursor, event);
              }
            }));
  }

  private static Stream<Flaw> ends() {
    return Stream.of(
        ending("the last frame is \"id", end -> ""),
        ending("the last frame is \"id", end -> end.replace("run-finished", "drain")),
        Flaw.of(
            "run.end",
            "instead of [1, 2] came [2]",
            new Behaviour() {
              @Override
              int begin(TestRequest request, List<TestEvent> log) {
                return log.size();
              }
            }),
        Flaw.of(
            "run.over",
            "instead of 204 came 200",
            new Behaviour() {
              @Override
              Optional<Refusal> over(TestRequest request, TestDeployment deployment) {
                return Optional.empty();
              }
            }));
  }

  private static Flaw ending(String message, UnaryOperator<String> change) {
    return Flaw.of(
        "run.end",
        message,
        new Behaviour() {
          @Override
          String end(String cursor) {
            return change.apply(super.end(cursor));
          }
        });
  }

  private static Stream<Flaw> queries() {
    return Stream.of("from", "coalesce")
        .map(
            parameter ->
                Flaw.of(
                    "query." + parameter,
                    "instead of 400 came 200",
                    new Behaviour() {
                      @Override
                      Optional<Refusal> malformed(TestRequest request, Surface surface) {
                        return Optional.empty();
                      }
                    }));
  }
}
