package io.millrace.cli.conformance;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/** Frames, values and heartbeats that are not what the contract says. */
final class FrameFlaws {

  private FrameFlaws() {}

  static Stream<Flaw> all() {
    return Stream.of(frames(), cursors(), heartbeats(), values()).flatMap(flaws -> flaws);
  }

  private static Stream<Flaw> frames() {
    return Stream.of(
        frame("frame.lf-only", "has a CR", (id, frame) -> frame.replace("\n", "\r\n")),
        frame("frame.lf-only", "has a CR", (id, frame) -> frame.replace("\n\n", "\n\r\n")),
        frame(
            "frame.id-first",
            "the frame \"event",
            (id, frame) -> frame.replaceAll("(id: .*\n)((?s).*)\n", "$2$1\n")),
        frame("frame.id-first", "the frame", (id, frame) -> frame.replaceFirst("id: .*\n", "")),
        frame(
            "frame.one-data-line", "the frame", (id, frame) -> frame.replace("\",", "\",\ndata: ")),
        frame(
            "frame.one-data-line",
            "the frame",
            (id, frame) -> frame.replaceFirst("data: .*unknown.*", "data:")),
        frame("frame.no-id-only", "the frame \"id", (id, frame) -> "id: " + id + "\n\n" + frame),
        frame(
            "payload.bare",
            "event: message",
            (id, frame) ->
                frame.contains("event:") ? frame : frame.replace("data:", "event: message\ndata:")),
        frame(
            "payload.named", "the frame", (id, frame) -> frame.replaceFirst("event: con.*\n", "")));
  }

  private static Flaw frame(String check, String message, BinaryOperator<String> change) {
    return Flaw.of(
        check,
        message,
        new Behaviour() {
          @Override
          String frame(String cursor, TestEvent event) {
            return change.apply(cursor, super.frame(cursor, event));
          }
        });
  }

  private static Stream<Flaw> cursors() {
    return Stream.of("1.te/st.", "1.té.", "a b", "=", "x".repeat(2_048))
        .map(
            start ->
                Flaw.of(
                    "frame.cursor",
                    "the frame \"id",
                    new Behaviour() {
                      @Override
                      String cursor(int next) {
                        return start + next;
                      }
                    }));
  }

  private static Stream<Flaw> heartbeats() {
    return Stream.of(
        heartbeat("heartbeat.in-time", "was silent for", ""),
        heartbeat("heartbeat.in-time", "was silent for", ":\n"),
        heartbeat("heartbeat.form", "the heartbeat is", ": hb\n"),
        heartbeat("heartbeat.form", "the heartbeat is", ": hb now\n"),
        heartbeat("heartbeat.form", "the heartbeat is", ": hb 1763719479000\r\n"),
        heartbeat("heartbeat.form", "the heartbeat is", ": hb 1763719479000"),
        heartbeat("heartbeat.no-blank-line", "a blank line follows", ": hb 1763719479000\n\n"),
        Flaw.of(
            "heartbeat.in-time",
            "before a heartbeat came, it broke off",
            new Behaviour() {
              @Override
              String heartbeat() {
                throw new java.io.UncheckedIOException(new java.io.IOException("cut"));
              }
            }));
  }

  private static Flaw heartbeat(String check, String message, String beat) {
    return Flaw.of(
        check,
        message,
        new Behaviour() {
          @Override
          String heartbeat() {
            return beat;
          }
        });
  }

  private static Stream<Flaw> values() {
    return Stream.of(
        value("payload.utf8", json -> json.replaceAll("[^\\x00-\\x7f]", "?")),
        value("payload.utf8", json -> json.replace("\u2028", "")),
        value("payload.large", json -> json.substring(0, Math.min(json.length(), 32 << 10))),
        Flaw.of(
            "payload.large",
            "event 1 did not come within",
            new Behaviour() {
              @Override
              List<TestEvent> send(List<TestEvent> waiting, int stream) {
                return waiting.size() == 1 && waiting.get(0).json().length() > 4_096
                    ? List.of()
                    : waiting;
              }
            }),
        Flaw.of(
            "payload.multi-line",
            "the frame",
            new Behaviour() {
              @Override
              String data(String json) {
                return "data: " + String.join("\ndata: ", json.lines().toList()) + "\n";
              }
            }),
        Flaw.of(
            "payload.multi-line",
            "the frame",
            new Behaviour() {
              @Override
              String data(String json) {
                return super.data(json.replaceAll("[^\"]\\[1,\\s*2]", "null"));
              }
            }));
  }

  private static Flaw value(String check, java.util.function.UnaryOperator<String> change) {
    return Flaw.of(
        check,
        "came",
        new Behaviour() {
          @Override
          String frame(String cursor, TestEvent event) {
            Optional<String> type = event.type();
            return super.frame(
                cursor, new TestEvent(event.key(), change.apply(event.json()), type));
          }
        });
  }
}
