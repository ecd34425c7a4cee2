package io.millrace.cli.conformance.check;

import static io.millrace.cli.conformance.check.Expect.that;

import io.millrace.cli.conformance.Check;
import io.millrace.cli.conformance.Check.Need;
import io.millrace.cli.conformance.Trial;
import io.millrace.cli.conformance.wire.Answer;
import io.millrace.cli.conformance.wire.Frame;
import io.millrace.cli.conformance.wire.Printable;
import java.util.List;
import java.util.Optional;

/**
 * The form of frames (§2). A stream.reset is a frame that comes without any event; where something
 * publishes, events follow it.
 */
final class FrameChecks {

  private static final int LONGEST_CURSOR = 2_048;

  private FrameChecks() {}

  /** What must hold of a frame that carries data. */
  @FunctionalInterface
  private interface Rule {
    boolean holds(Frame frame);
  }

  static List<Check> all() {
    return List.of(
        check("frame.lf-only", "Lines end in LF alone", FrameChecks::lfOnly),
        check("frame.no-bom", "A stream never begins with a byte order mark", FrameChecks::noBom),
        check(
            "frame.id-first",
            "Every event has an id, before its data",
            each(f -> f.indexOf("id") >= 0 && f.indexOf("id") < f.indexOf("data"))),
        check(
            "frame.one-data-line",
            "The data of an event is one line and not empty",
            each(f -> f.values("data").size() == 1 && !f.data().isEmpty())),
        check("frame.no-id-only", "No frame is an id without data", FrameChecks::noIdOnly),
        check(
            "frame.cursor",
            "An id is made of A-Z a-z 0-9 . _ ~ -, at most 2 KiB",
            "§2, §3",
            each(f -> f.id().matches("[A-Za-z0-9._~-]{1," + LONGEST_CURSOR + "}"))));
  }

  private static Check check(String id, String sentence, Check.Body body) {
    return check(id, sentence, "§2", body);
  }

  private static Check check(String id, String sentence, String clause, Check.Body body) {
    return new Check(id, clause, sentence, Need.NOTHING, body);
  }

  private static Check.Body each(Rule rule) {
    return trial -> {
      for (Frame frame : sample(trial).frames()) {
        that(
            !frame.isEvent() || rule.holds(frame),
            "the frame " + Printable.quoted(frame.toString()));
      }
    };
  }

  private static void lfOnly(Trial trial) throws Exception {
    for (byte b : sample(trial).bytes()) {
      that(b != '\r', "the stream has a CR");
    }
  }

  private static void noBom(Trial trial) throws Exception {
    that(!sample(trial).text().startsWith("\uFEFF"), "the stream begins with a byte order mark");
  }

  private static void noIdOnly(Trial trial) throws Exception {
    for (Frame frame : sample(trial).frames()) {
      that(
          frame.isEvent() || frame.indexOf("id") < 0,
          "the frame " + Printable.quoted(frame.toString()));
    }
  }

  private static Answer sample(Trial trial) throws Exception {
    Answer stream = trial.open(trial.narrow().lastEventId(Cursors.UNREADABLE));
    trial.await(
        stream, "a first frame with data", a -> a.frames().stream().anyMatch(Frame::isEvent));
    if (trial.canPublish()) {
      Sequence events = new Sequence(trial);
      events.publish(1);
      events.publishAs(Optional.of("conformance.named"));
      events.await(stream, 2);
    }
    return stream;
  }
}
