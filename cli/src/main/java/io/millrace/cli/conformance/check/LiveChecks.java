package io.millrace.cli.conformance.check;

import static io.millrace.cli.conformance.check.Expect.that;

import io.millrace.cli.conformance.Check;
import io.millrace.cli.conformance.Check.Need;
import io.millrace.cli.conformance.Trial;
import io.millrace.cli.conformance.wire.Answer;
import java.util.List;
import java.util.Optional;

/** Events on an open stream (§4): what buffers, batches or mixes them up on the way shows here. */
final class LiveChecks {

  private static final int FEW = 5;
  private static final int MANY = 20;

  private LiveChecks() {}

  static List<Check> all() {
    return List.of(
        check(
            "live.one-by-one",
            "§4",
            "Each event arrives before the next one is published",
            LiveChecks::oneByOne),
        check(
            "live.in-order",
            "§4",
            "Every event of a key arrives once, in the order of its publishing",
            LiveChecks::inOrder),
        check(
            "live.every-stream",
            "§4",
            "Two streams of one caller both get every event",
            LiveChecks::everyStream),
        check(
            "live.nothing-foreign",
            "§6",
            "An event for somebody else never arrives",
            LiveChecks::nothingForeign));
  }

  private static Check check(String id, String clause, String sentence, Check.Body body) {
    return new Check(id, clause, sentence, Need.PUBLISHING, body);
  }

  private static void oneByOne(Trial trial) throws Exception {
    Sequence events = new Sequence(trial);
    Answer stream = trial.open(trial.narrow());
    for (int n = 1; n <= FEW; n++) {
      events.publish(1);
      events.await(stream, n);
    }
  }

  private static void inOrder(Trial trial) throws Exception {
    Sequence events = new Sequence(trial);
    Answer stream = trial.open(trial.narrow());
    events.publish(MANY);
    events.requireExactly(stream, 1, MANY);
  }

  private static void everyStream(Trial trial) throws Exception {
    Sequence events = new Sequence(trial);
    Answer first = trial.open(trial.narrow());
    Answer second = trial.open(trial.narrow());
    events.publish(FEW);
    events.requireExactly(first, 1, FEW);
    events.requireExactly(second, 1, FEW);
  }

  private static void nothingForeign(Trial trial) throws Exception {
    Sequence foreign = new Sequence(trial);
    Sequence own = new Sequence(trial);
    Answer narrow = trial.open(trial.narrow());
    Answer all = trial.open(trial.request());
    String json = "{\"mark\":\"" + foreign.nextMark() + "\"}";
    trial.publisher().publish(trial.target().foreignKey(), json, Optional.empty());
    own.publish(FEW);
    for (Answer stream : List.of(narrow, all)) {
      own.await(stream, FEW);
      that(foreign.in(stream).isEmpty(), "an event for " + trial.target().foreignKey() + " came");
    }
  }
}
