package io.millrace.cli.conformance.check;

import io.millrace.cli.conformance.Check;
import io.millrace.cli.conformance.Check.Need;
import io.millrace.cli.conformance.Trial;
import io.millrace.cli.conformance.wire.Answer;
import java.util.ArrayList;
import java.util.List;

/** Every event once across reconnects (§3, §4). */
final class ResumeChecks {

  private static final int EVENTS = 10;
  private static final int HOPS = 5;

  private ResumeChecks() {}

  static List<Check> all() {
    return List.of(
        check(
            "resume.exact",
            "What was published while the client was away arrives once, in order, then live events",
            ResumeChecks::exact),
        check(
            "resume.from-each-id",
            "From the id of any event the stream goes on with the next one",
            ResumeChecks::fromEachId),
        check(
            "resume.hop",
            "A client that reconnects after every event gets every event once",
            ResumeChecks::hop),
        check(
            "resume.by-alias",
            "The query aliases resume as exactly as the header",
            ResumeChecks::byAlias));
  }

  private static Check check(String id, String sentence, Check.Body body) {
    return new Check(id, "§3, §4", sentence, Need.PUBLISHING, body);
  }

  private static void exact(Trial trial) throws Exception {
    Sequence events = new Sequence(trial);
    Answer stream = trial.open(trial.narrow());
    events.publish(3);
    events.requireExactly(stream, 1, 3);
    String last = events.await(stream, 3).id();
    stream.close();
    events.publish(3);
    Answer again = trial.open(trial.narrow().lastEventId(last));
    events.publish(2);
    events.requireExactly(again, 4, 8);
  }

  private static void fromEachId(Trial trial) throws Exception {
    Sequence events = new Sequence(trial);
    List<String> ids = published(trial, events);
    for (int n = 1; n < EVENTS; n++) {
      Answer stream = trial.open(trial.narrow().lastEventId(ids.get(n - 1)));
      events.requireExactly(stream, n + 1, EVENTS);
      stream.close();
    }
  }

  private static void byAlias(Trial trial) throws Exception {
    Sequence events = new Sequence(trial);
    List<String> ids = published(trial, events);
    for (String alias : Cursors.QUERY_ALIASES) {
      Answer stream = trial.open(trial.narrow().query(alias, ids.get(EVENTS / 2 - 1)));
      events.requireExactly(stream, EVENTS / 2 + 1, EVENTS);
      stream.close();
    }
  }

  /** Publishes some events and returns their ids. */
  private static List<String> published(Trial trial, Sequence events) throws Exception {
    Answer stream = trial.open(trial.narrow());
    events.publish(EVENTS);
    events.requireExactly(stream, 1, EVENTS);
    List<String> ids = new ArrayList<>();
    for (int n = 1; n <= EVENTS; n++) {
      ids.add(events.await(stream, n).id());
    }
    stream.close();
    return ids;
  }

  private static void hop(Trial trial) throws Exception {
    Sequence events = new Sequence(trial);
    Answer stream = trial.open(trial.narrow());
    for (int n = 1; n <= HOPS; n++) {
      events.publish(1);
      events.requireExactly(stream, n, n);
      String last = events.await(stream, n).id();
      stream.close();
      stream = trial.open(trial.narrow().lastEventId(last));
    }
    events.publish(1);
    events.requireExactly(stream, HOPS + 1, HOPS + 1);
  }
}
