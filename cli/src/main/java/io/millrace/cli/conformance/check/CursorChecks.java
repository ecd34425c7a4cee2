package io.millrace.cli.conformance.check;

import static io.millrace.cli.conformance.check.Expect.that;

import io.millrace.cli.conformance.Check;
import io.millrace.cli.conformance.Check.Need;
import io.millrace.cli.conformance.Trial;
import io.millrace.cli.conformance.wire.Answer;
import io.millrace.cli.conformance.wire.Frame;
import io.millrace.cli.conformance.wire.Printable;
import io.millrace.cli.conformance.wire.Request;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Where a stream goes on (§3), as far as no event is needed to see it. */
final class CursorChecks {

  private static final String CLAUSE = "§3";

  private CursorChecks() {}

  static List<Check> all() {
    List<Check> checks = new ArrayList<>();
    checks.add(reset("cursor.unreadable", "An unreadable cursor", Cursors.UNREADABLE));
    checks.add(reset("cursor.foreign", "A cursor of another topic", Cursors.FOREIGN));
    checks.add(reset("cursor.over-long", "A cursor over 2 KiB", Cursors.OVER_LONG));
    checks.add(
        check(
            "cursor.reset-resumes",
            "The id of a stream.reset is a cursor that is not reset again",
            trial ->
                Cursors.requireNoReset(trial, trial.narrow().lastEventId(Cursors.own(trial)))));
    checks.add(
        check(
            "cursor.live-after-reset",
            "After a stream.reset the stream goes on live",
            Need.PUBLISHING,
            CursorChecks::liveAfterReset));
    for (String alias : Cursors.QUERY_ALIASES) {
      checks.add(
          check(
              "cursor.alias-" + alias,
              "The query parameter " + alias + " is read where there is no header",
              trial -> Cursors.resetOf(trial, trial.narrow().query(alias, Cursors.UNREADABLE))));
    }
    checks.add(
        check(
            "cursor.header-wins",
            "The header Last-Event-ID wins over the query, which a native client keeps stale",
            CursorChecks::headerWins));
    return List.copyOf(checks);
  }

  private static Check check(String id, String sentence, Check.Body body) {
    return check(id, sentence, Need.NOTHING, body);
  }

  private static Check check(String id, String sentence, Need need, Check.Body body) {
    return new Check(id, CLAUSE, sentence, need, body);
  }

  private static Check reset(String id, String what, String cursor) {
    return check(
        id,
        what + " is answered with stream.reset, reason unknown, never with 4xx",
        trial -> unknown(Cursors.resetOf(trial, trial.narrow().lastEventId(cursor))));
  }

  private static void unknown(Frame reset) throws Exception {
    String shown = "the data of stream.reset is " + Printable.quoted(reset.data());
    try {
      JsonObject data = new JsonObject(reset.data());
      that("unknown".equals(data.getValue("reason")), shown);
      that(data.getValue("topic") instanceof String, shown);
    } catch (DecodeException notJson) {
      that(false, shown);
    }
  }

  private static void liveAfterReset(Trial trial) throws Exception {
    Sequence events = new Sequence(trial);
    Answer stream = trial.open(trial.narrow().lastEventId(Cursors.UNREADABLE));
    trial.await(stream, "stream.reset", a -> Cursors.resets(a) > 0);
    events.publish(1);
    events.await(stream, 1);
  }

  private static void headerWins(Trial trial) throws Exception {
    String own = Cursors.own(trial);
    for (String alias : Cursors.QUERY_ALIASES) {
      Request staleQuery = trial.narrow().lastEventId(own).query(alias, Cursors.UNREADABLE);
      Cursors.requireNoReset(trial, staleQuery);
      Cursors.resetOf(trial, trial.narrow().lastEventId(Cursors.UNREADABLE).query(alias, own));
    }
  }
}
