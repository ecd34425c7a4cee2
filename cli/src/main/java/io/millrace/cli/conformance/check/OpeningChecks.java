package io.millrace.cli.conformance.check;

import static io.millrace.cli.conformance.check.Expect.that;

import io.millrace.cli.conformance.Check;
import io.millrace.cli.conformance.Check.Need;
import io.millrace.cli.conformance.Trial;
import io.millrace.cli.conformance.wire.Answer;
import io.millrace.cli.conformance.wire.Frame;
import io.millrace.cli.conformance.wire.Printable;
import io.millrace.cli.conformance.wire.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The first bytes of a stream (§2). */
final class OpeningChecks {

  private static final String CLAUSE = "§2";
  private static final int SHORTEST_RETRY_MS = 1_000;
  private static final int LONGEST_RETRY_MS = 5_000;

  /** Of four thousand possible times, so many are the same once in 10^18 runs. */
  private static final int STREAMS = 6;

  private OpeningChecks() {}

  static List<Check> all() {
    return List.of(
        check(
            "open.at-once",
            "The first bytes come at once, before any event",
            trial -> trial.open(trial.narrow())),
        check(
            "open.first-frame",
            "The first bytes are retry: and the comment ready, and nothing else",
            OpeningChecks::firstFrame),
        check(
            "open.retry", "The reconnection time is 1000 to 5000 ms", OpeningChecks::retryInRange),
        check(
            "open.retry-jittered",
            "The reconnection time differs, so that clients do not return together",
            OpeningChecks::retryJittered),
        check(
            "open.side-by-side",
            "A second stream of the same caller opens while the first is open",
            OpeningChecks::sideBySide));
  }

  private static Check check(String id, String sentence, Check.Body body) {
    return new Check(id, CLAUSE, sentence, Need.NOTHING, body);
  }

  private static void firstFrame(Trial trial) throws Exception {
    Frame first = first(trial);
    that(
        first.lines().size() == 2
            && first.lines().get(0).matches("retry: \\d+")
            && first.lines().get(1).equals(": ready"),
        "the first frame is " + Printable.quoted(first.toString()));
  }

  private static void retryInRange(Trial trial) throws Exception {
    String retry = retry(trial);
    that(
        retry.matches("\\d{1,9}")
            && Integer.parseInt(retry) >= SHORTEST_RETRY_MS
            && Integer.parseInt(retry) <= LONGEST_RETRY_MS,
        "retry is " + Printable.quoted(retry));
  }

  private static void retryJittered(Trial trial) throws Exception {
    Set<String> times = new HashSet<>();
    for (int i = 0; i < STREAMS; i++) {
      times.add(retry(trial));
    }
    that(times.size() > 1, STREAMS + " streams were all told " + times);
  }

  private static void sideBySide(Trial trial) throws Exception {
    trial.open(trial.narrow());
    trial.open(trial.narrow());
  }

  private static String retry(Trial trial) throws Exception {
    List<String> values = first(trial).values("retry");
    if (values.isEmpty()) {
      throw new Violation("the first frame has no retry");
    }
    return values.get(0);
  }

  private static Frame first(Trial trial) throws Exception {
    Answer stream = trial.open(trial.narrow());
    trial.await(stream, "the end of the first frame", a -> !a.frames().isEmpty());
    return stream.frames().get(0);
  }
}
