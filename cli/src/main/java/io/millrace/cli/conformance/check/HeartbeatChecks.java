package io.millrace.cli.conformance.check;

import static io.millrace.cli.conformance.check.Expect.that;

import io.millrace.cli.conformance.Check;
import io.millrace.cli.conformance.Check.Need;
import io.millrace.cli.conformance.Trial;
import io.millrace.cli.conformance.wire.Answer;
import io.millrace.cli.conformance.wire.Inapplicable;
import io.millrace.cli.conformance.wire.Printable;
import io.millrace.cli.conformance.wire.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A silent stream (§2). All checks look at one heartbeat: waiting for it takes long. */
final class HeartbeatChecks {

  private static final String CLAUSE = "§2";
  private static final String BEAT = "\n: hb";

  /** Somebody else's events may come in between; the stream is given this many chances. */
  private static final int CHANCES = 3;

  /** A blank line would come in the same write; this is for networks that tear one apart. */
  private static final Duration SETTLING = Duration.ofSeconds(1);

  private boolean looked;
  private Optional<Answer> seen = Optional.empty();

  List<Check> all() {
    return List.of(
        check(
            "heartbeat.in-time",
            "When nothing else was written for Millrace-Heartbeat, a heartbeat comes",
            this::inTime),
        check(
            "heartbeat.form",
            "A heartbeat is the comment hb with the server's clock in ms, ended by LF",
            this::form),
        check("heartbeat.no-blank-line", "No blank line follows a heartbeat", this::noBlankLine));
  }

  private static Check check(String id, String sentence, Check.Body body) {
    return new Check(id, CLAUSE, sentence, Need.NOTHING, body);
  }

  private void inTime(Trial trial) throws Exception {
    looked = true;
    Answer stream = trial.open(trial.narrow());
    String named = stream.header("Millrace-Heartbeat");
    that(named.matches("[1-9]\\d{0,4}"), "Millrace-Heartbeat is " + Printable.quoted(named));
    Duration longest = Duration.ofSeconds(Long.parseLong(named)).plus(trial.target().timeout());
    for (int chance = 1; chance <= CHANCES; chance++) {
      int before = stream.frames().size();
      if (stream.await(a -> a.text().contains(BEAT), longest)) {
        stream.await(a -> lines(a).length > 2, SETTLING);
        seen = Optional.of(stream);
        return;
      }
      if (!stream.ending().isEmpty()) {
        throw new Violation("before a heartbeat came, " + stream.ending());
      }
      that(
          stream.frames().size() > before,
          "the stream was silent for " + longest.toMillis() + " ms");
    }
    throw new Inapplicable("the stream was never silent");
  }

  private void form(Trial trial) throws Exception {
    String[] lines = lines(seen(trial));
    that(
        lines.length > 1 && lines[0].matches(": hb \\d{12,14}"),
        "the heartbeat is " + Printable.quoted(lines[0]));
  }

  private void noBlankLine(Trial trial) throws Exception {
    String[] lines = lines(seen(trial));
    boolean blank = lines.length > 2 && lines[1].replace("\r", "").isEmpty();
    that(!blank, "a blank line follows the heartbeat");
  }

  private Answer seen(Trial trial) throws Exception {
    if (!looked) {
      inTime(trial);
    }
    return seen.orElseThrow(() -> new Inapplicable("no heartbeat was seen"));
  }

  /** The heartbeat and what follows it; the last of these lines has no end yet. */
  private static String[] lines(Answer stream) {
    String text = stream.text();
    return text.substring(text.indexOf(BEAT) + 1).split("\n", -1);
  }
}
