package io.millrace.cli.conformance.check;

import static io.millrace.cli.conformance.check.Expect.that;

import io.millrace.cli.conformance.Trial;
import io.millrace.cli.conformance.wire.Answer;
import io.millrace.cli.conformance.wire.Frame;
import io.millrace.cli.conformance.wire.Printable;
import io.millrace.cli.conformance.wire.Request;
import io.millrace.cli.conformance.wire.Violation;
import java.time.Duration;
import java.util.List;

/** Cursors of several kinds, and what a stream says to them. */
final class Cursors {

  static final String UNREADABLE = "not a cursor of any kind";

  /** As a deployment writes it, but of a topic it does not have. */
  static final String FOREIGN = "1.conformanceXYZ.AAAA";

  /** Longer than any cursor, shorter than the 8 KiB of headers that proxies take. */
  static final String OVER_LONG = "1.conformanceXYZ." + "A".repeat(3_000);

  static final List<String> QUERY_ALIASES = List.of("lastEventId", "last_event_id", "lastEventID");

  /** A reset comes with the first bytes; this is for networks that tear one write apart. */
  private static final Duration SETTLING = Duration.ofSeconds(1);

  private Cursors() {}

  /** Opens a stream that must begin with a reset, and returns that. */
  static Frame resetOf(Trial trial, Request request) throws Exception {
    Answer stream = trial.open(request);
    trial.await(stream, "stream.reset", a -> a.frames().size() > 1);
    Frame second = stream.frames().get(1);
    that(
        second.event().equals("stream.reset"),
        "instead of stream.reset came " + Printable.quoted(second.toString()));
    return second;
  }

  /** A cursor this deployment made: that of a reset is there without any event. */
  static String own(Trial trial) throws Exception {
    String id = resetOf(trial, trial.narrow().lastEventId(UNREADABLE)).id();
    if (id.isEmpty()) {
      throw new Violation("stream.reset has no id, so nothing is known to resume from");
    }
    return id;
  }

  /** Opens a stream that must go on without a reset. */
  static void requireNoReset(Trial trial, Request request) throws Exception {
    Answer stream = trial.open(request);
    boolean reset = stream.await(a -> resets(a) > 0, SETTLING);
    that(!reset, "the stream was reset");
  }

  static long resets(Answer stream) {
    return stream.frames().stream().filter(f -> f.event().equals("stream.reset")).count();
  }
}
