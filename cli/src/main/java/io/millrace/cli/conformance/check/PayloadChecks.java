package io.millrace.cli.conformance.check;

import static io.millrace.cli.conformance.check.Expect.that;

import io.millrace.cli.conformance.Check;
import io.millrace.cli.conformance.Check.Need;
import io.millrace.cli.conformance.Trial;
import io.millrace.cli.conformance.wire.Answer;
import io.millrace.cli.conformance.wire.Frame;
import io.millrace.cli.conformance.wire.Printable;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** What a value becomes on the wire (§1, §2). */
final class PayloadChecks {

  /** The largest value that is no malformed record, by default. */
  private static final int LARGEST = 64 << 10;

  private static final String NAME = "conformance.named";

  /** Two, three and four bytes, right to left, combined, what ends a line in JavaScript, a BOM. */
  private static final String EVERY_SCRIPT =
      "é ß 水 ש\u05b8לום 🌊 👩\u200d🚀 e\u0301 \u2028 \u0085 \uFEFF \u007f \\u0000 \\n";

  private PayloadChecks() {}

  static List<Check> all() {
    return List.of(
        check(
            "payload.bare",
            "§1",
            "An event without a type has no event: line, so that onmessage fires",
            PayloadChecks::bare),
        check(
            "payload.named", "§1", "The type of an event is its event: name", PayloadChecks::named),
        check(
            "payload.utf8",
            "§2",
            "Text of every script arrives as it was published",
            PayloadChecks::utf8),
        check(
            "payload.multi-line",
            "§2",
            "JSON of several lines arrives as the same JSON on one line",
            PayloadChecks::multiLine),
        check(
            "payload.large",
            "§1",
            "An incompressible value of 64 KiB arrives whole, without another event behind it",
            PayloadChecks::large));
  }

  private static Check check(String id, String clause, String sentence, Check.Body body) {
    return new Check(id, clause, sentence, Need.PUBLISHING, body);
  }

  private static void bare(Trial trial) throws Exception {
    Frame frame = arrived(trial, Optional.empty());
    that(frame.indexOf("event") < 0, "the frame is " + Printable.quoted(frame.toString()));
  }

  private static void named(Trial trial) throws Exception {
    Frame frame = arrived(trial, Optional.of(NAME));
    that(frame.event().equals(NAME), "the frame is " + Printable.quoted(frame.toString()));
  }

  private static Frame arrived(Trial trial, Optional<String> type) throws Exception {
    Sequence events = new Sequence(trial);
    Answer stream = trial.open(trial.narrow());
    events.publishAs(type);
    return events.await(stream, 1);
  }

  private static void utf8(Trial trial) throws Exception {
    Sequence events = new Sequence(trial);
    String json = "{\"mark\":\"" + events.nextMark() + "\",\"text\":\"" + EVERY_SCRIPT + "\"}";
    requireUnchanged(trial, events, json);
  }

  private static void large(Trial trial) throws Exception {
    Sequence events = new Sequence(trial);
    String start = "{\"mark\":\"" + events.nextMark() + "\",\"noise\":\"";
    String end = "\"}";
    byte[] noise = new byte[LARGEST];
    ThreadLocalRandom.current().nextBytes(noise);
    String text = Base64.getUrlEncoder().encodeToString(noise);
    requireUnchanged(
        trial, events, start + text.substring(0, LARGEST - start.length() - end.length()) + end);
  }

  private static void requireUnchanged(Trial trial, Sequence events, String json) throws Exception {
    Answer stream = trial.open(trial.narrow());
    events.publishValue(json);
    String data = events.await(stream, 1).data();
    that(
        data.equals(json),
        "of %d characters came %d: %s"
            .formatted(json.length(), data.length(), Printable.quoted(data)));
  }

  private static void multiLine(Trial trial) throws Exception {
    Sequence events = new Sequence(trial);
    String json =
        "{\n  \"mark\": \""
            + events.nextMark()
            + "\",\r\n\t\"list\": [1,\r2]\n\n,\"text\":\"a b\"}\n";
    Answer stream = trial.open(trial.narrow());
    events.publishValue(json);
    Frame frame = events.await(stream, 1);
    String shown = "the frame is " + Printable.quoted(frame.toString());
    that(frame.values("data").size() == 1, shown);
    try {
      that(new JsonObject(frame.data()).equals(new JsonObject(json)), shown);
    } catch (DecodeException notJson) {
      that(false, shown);
    }
  }
}
