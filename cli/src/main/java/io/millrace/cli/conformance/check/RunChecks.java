package io.millrace.cli.conformance.check;

import static io.millrace.cli.conformance.check.Expect.that;

import io.millrace.cli.conformance.Check;
import io.millrace.cli.conformance.Check.Need;
import io.millrace.cli.conformance.Trial;
import io.millrace.cli.conformance.wire.Answer;
import io.millrace.cli.conformance.wire.Frame;
import io.millrace.cli.conformance.wire.Printable;
import io.millrace.cli.conformance.wire.Request;
import java.util.List;

/** Runs of an agent: where a stream of them begins, what it carries, how it ends (§5). */
final class RunChecks {

  private static final List<String> WORDS =
      List.of(
          "Nothing ",
          "is ",
          "lost",
          ", ",
          "na\u00efve",
          " \uD83D\uDE86",
          "\n",
          "\"or\" ",
          "torn",
          ".");

  /** A replica may learn of the end a moment after another; a client comes back that often. */
  private static final int RETURNS = 3;

  private RunChecks() {}

  static List<Check> all() {
    return List.of(
        check(
            "run.joined",
            "Without a cursor a stream begins with the first event of the run in progress",
            during((trial, run) -> joined(trial, run, trial.narrow()))),
        check(
            "run.from-run",
            "from=run begins with the first event of the run in progress",
            during((trial, run) -> joined(trial, run, trial.narrow().query("from", "run")))),
        check("run.from-live", "from=live begins with the next event", during(RunChecks::fromLive)),
        check("run.alone", "A stream of a runId carries that run alone", during(RunChecks::alone)),
        check(
            "run.end",
            "A stream of a runId ends with its run: its last event, then stream.end",
            during(RunChecks::ended)),
        check("run.over", "Who comes back to a run that is over gets 204", during(RunChecks::over)),
        check(
            "run.coalesced",
            "With coalesce the text is the same, to the character",
            during(RunChecks::coalesced)),
        malformed("from", "xyz"),
        malformed("coalesce", "abc"));
  }

  /** What is looked at while a run is in progress. */
  @FunctionalInterface
  private interface Look {
    void at(Trial trial, AgentRun run) throws Exception;
  }

  private static Check.Body during(Look look) {
    return trial -> AgentRun.during(trial, run -> look.at(trial, run));
  }

  private static Check check(String id, String sentence, Check.Body body) {
    return new Check(id, "§5", sentence, Need.PUBLISHING, body);
  }

  private static Check malformed(String parameter, String value) {
    return new Check(
        "query." + parameter,
        "§5",
        parameter + "=" + value + " is answered 400 and the problem names the parameter",
        Need.NOTHING,
        trial -> RefusalChecks.malformed(trial, parameter, value));
  }

  private static void joined(Trial trial, AgentRun run, Request request) throws Exception {
    heard(trial, run);
    Answer stream = trial.open(request);
    run.finish();
    run.events().requireExactly(stream, 1, 3);
  }

  private static void fromLive(Trial trial, AgentRun run) throws Exception {
    heard(trial, run);
    Answer stream = trial.open(trial.narrow().query("from", "live"));
    run.finish();
    run.events().requireExactly(stream, 3, 3);
  }

  /** Publishes its second event, and waits until it is heard. */
  private static void heard(Trial trial, AgentRun run) throws Exception {
    Answer stream = trial.open(trial.narrow());
    run.say("a");
    run.events().await(stream, 2);
  }

  private static void alone(Trial trial, AgentRun run) throws Exception {
    Answer stream = trial.open(of(trial, run));
    AgentRun.during(
        trial,
        other -> {
          other.say("b");
          run.say("a");
          run.events().requireExactly(stream, 1, 2);
          that(other.events().in(stream).isEmpty(), "events of another run came");
        });
  }

  /** Follows a run to its end and returns its last event. */
  private static Frame ended(Trial trial, AgentRun run) throws Exception {
    Answer stream = trial.open(of(trial, run));
    run.finish();
    run.events().requireExactly(stream, 1, 2);
    that(stream.awaitEnd(trial.target().timeout()), "the stream of a run that is over goes on");
    List<Frame> frames = stream.frames();
    Frame last = frames.get(frames.size() - 1);
    that(
        last.event().equals("stream.end") && last.data().contains("\"run-finished\""),
        "the last frame is " + Printable.quoted(last.toString()));
    return run.events().await(stream, 2);
  }

  private static void over(Trial trial, AgentRun run) throws Exception {
    String id = ended(trial, run).id();
    Answer again = trial.send(of(trial, run).lastEventId(id));
    for (int i = 1; i < RETURNS && again.status() == 200; i++) {
      again.awaitEnd(trial.target().timeout());
      again = trial.send(of(trial, run).lastEventId(id));
    }
    that(again.status() == 204, "instead of 204 came " + again);
  }

  private static void coalesced(Trial trial, AgentRun run) throws Exception {
    Answer stream = trial.open(of(trial, run).query("coalesce", "100"));
    for (String word : WORDS) {
      run.whisper(word);
    }
    run.finish();
    run.events().await(stream, 2);
    String expected = Printable.quoted(String.join("", WORDS));
    String text = Printable.quoted(run.text(stream));
    that(text.equals(expected), "instead of " + expected + " came " + text);
  }

  private static Request of(Trial trial, AgentRun run) {
    return trial.narrow().query("runId", run.id());
  }
}
