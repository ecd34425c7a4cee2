package io.millrace.cli.conformance.check;

import static io.millrace.cli.conformance.check.Expect.that;

import io.millrace.cli.conformance.Trial;
import io.millrace.cli.conformance.wire.Answer;
import io.millrace.cli.conformance.wire.Frame;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Numbered events of one trial. A stream of real life carries others too; these are told from them
 * by a mark no other trial uses.
 */
final class Sequence {

  private final Trial trial;
  private final String mark = "conformance-" + UUID.randomUUID();
  private final Pattern number = Pattern.compile(mark + "-(\\d+)\"");
  private int published;

  Sequence(Trial trial) {
    this.trial = trial;
  }

  /** Publishes the next so many events, each once the one before was acknowledged. */
  void publish(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      publishAs(Optional.empty());
    }
  }

  /** Publishes the next event under this name. */
  void publishAs(Optional<String> type) throws Exception {
    trial.publisher().publish(trial.target().key(), "{\"mark\":\"" + nextMark() + "\"}", type);
  }

  /** Publishes a value of the check's own, which contains {@link #nextMark}. */
  void publishValue(String json) throws Exception {
    trial.publisher().publish(trial.target().key(), json, Optional.empty());
  }

  /** What marks the next event; a quotation mark must follow it. */
  String nextMark() {
    return mark + "-" + ++published;
  }

  /** The numbers of the events that came, in order. */
  List<Integer> in(Answer stream) {
    return stream.frames().stream()
        .map(frame -> number.matcher(frame.data()))
        .filter(Matcher::find)
        .map(found -> Integer.parseInt(found.group(1)))
        .toList();
  }

  /** Waits for an event. */
  Frame await(Answer stream, int n) throws Exception {
    trial.await(stream, "event " + n, a -> in(a).contains(n));
    return frame(stream, n);
  }

  private Frame frame(Answer stream, int n) {
    return stream.frames().stream()
        .filter(frame -> frame.data().contains(mark + "-" + n + '"'))
        .findFirst()
        .orElseThrow();
  }

  /** Waits for the last of these events; all of them must have come, once and in order. */
  void requireExactly(Answer stream, int first, int last) throws Exception {
    trial.await(
        stream,
        "event " + last + " (" + first + " to " + last + ")",
        a -> in(a).contains(last) || Cursors.resets(a) > 0);
    that(Cursors.resets(stream) == 0, "the stream was reset");
    List<Integer> expected = IntStream.rangeClosed(first, last).boxed().toList();
    that(in(stream).equals(expected), "instead of " + expected + " came " + in(stream));
  }
}
