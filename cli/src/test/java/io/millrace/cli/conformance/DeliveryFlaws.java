package io.millrace.cli.conformance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Events and cursors that are lost, repeated, held back or mixed up. */
final class DeliveryFlaws {

  private DeliveryFlaws() {}

  static Stream<Flaw> all() {
    return Stream.of(cursors(), aliases(), deliveries(), resumes()).flatMap(flaws -> flaws);
  }

  private static Stream<Flaw> cursors() {
    return Stream.of(
        refusing("cursor.unreadable", "not a cursor"),
        refusing("cursor.foreign", "1.conformance"),
        refusing("cursor.over-long", "1.conformanceXYZ.AAAAAAAA"),
        positions("cursor.unreadable", "stream.reset did not come", next -> Integer.MAX_VALUE),
        reset("cursor.foreign", "the data of stream.reset", r -> r.replace("unknown", "expired")),
        reset("cursor.foreign", "the data of stream.reset", r -> r.replace("topic", "subject")),
        reset("cursor.over-long", "the data of stream.reset", r -> r.replace("{", "")),
        reset("cursor.reset-resumes", "stream.reset has no id", r -> r.replaceAll("id.*\n", "")),
        Flaw.of(
            "cursor.reset-resumes",
            "the stream was reset",
            new Behaviour() {
              @Override
              String reset(String cursor, String unusable) {
                return super.reset("unusable", unusable);
              }
            }),
        Flaw.of(
            "cursor.live-after-reset",
            "event 1 did not come",
            new Behaviour() {
              @Override
              List<TestEvent> send(List<TestEvent> waiting, int stream) {
                return List.of();
              }
            }));
  }

  private static Flaw refusing(String check, String start) {
    return Flaw.of(
        check,
        "instead of a stream came 400",
        new Behaviour() {
          @Override
          Optional<Refusal> refuse(TestRequest request, TestDeployment deployment) {
            return lastEventId(request).filter(id -> id.startsWith(start)).isPresent()
                ? Optional.of(Refusal.problem(400, ""))
                : super.refuse(request, deployment);
          }
        });
  }

  private static Flaw reset(String check, String message, UnaryOperator<String> change) {
    return Flaw.of(
        check,
        message,
        new Behaviour() {
          @Override
          String reset(String cursor, String unusable) {
            return change.apply(super.reset(cursor, unusable));
          }
        });
  }

  /** Reads every cursor, some of them wrongly. */
  private static Flaw positions(String check, String message, UnaryOperator<Integer> change) {
    return Flaw.of(
        check,
        message,
        new Behaviour() {
          @Override
          OptionalInt position(String cursor) {
            return OptionalInt.of(Math.max(0, change.apply(super.position(cursor).orElse(0))));
          }
        });
  }

  private static Stream<Flaw> aliases() {
    return Stream.concat(
        Stream.of("lastEventId", "last_event_id", "lastEventID").map(DeliveryFlaws::unread),
        Stream.of(
            Flaw.of(
                "cursor.header-wins",
                "the stream was reset",
                new Behaviour() {
                  @Override
                  Optional<String> lastEventId(TestRequest request) {
                    return aliases(request).findFirst().or(() -> super.lastEventId(request));
                  }
                }),
            Flaw.of(
                "resume.by-alias",
                "the stream was reset",
                new Behaviour() {
                  @Override
                  Stream<String> aliases(TestRequest request) {
                    return super.aliases(request).map(id -> "garbled-" + id);
                  }
                })));
  }

  private static Flaw unread(String alias) {
    return Flaw.of(
        "cursor.alias-" + alias,
        "stream.reset did not come",
        new Behaviour() {
          @Override
          Stream<String> aliases(TestRequest request) {
            return super.aliases(request).filter(id -> request.parameter(alias).isEmpty());
          }
        });
  }

  private static Stream<Flaw> deliveries() {
    return Stream.of(
        sending("live.one-by-one", "event 1 did not come", w -> w.size() < 2 ? List.of() : w),
        sending("live.in-order", "came [2, 1", w -> w.size() < 20 ? List.of() : swapped(w)),
        sending("live.in-order", "came [1, 1", w -> w.size() < 20 ? List.of() : repeated(w)),
        sending(
            "live.in-order", "came [2, 3", w -> w.size() < 20 ? List.of() : w.subList(1, w.size())),
        Flaw.of(
            "live.every-stream",
            "event 5 (1 to 5) did not come",
            new Behaviour() {
              @Override
              List<TestEvent> send(List<TestEvent> waiting, int stream) {
                return stream > 1 ? List.of() : waiting;
              }
            }),
        Flaw.of(
            "live.nothing-foreign",
            "an event for user:alice-nobody came",
            new Behaviour() {
              @Override
              boolean sees(String key, TestEvent event) {
                return true;
              }
            }));
  }

  private static Flaw sending(String check, String message, UnaryOperator<List<TestEvent>> now) {
    return Flaw.of(
        check,
        message,
        new Behaviour() {
          @Override
          List<TestEvent> send(List<TestEvent> waiting, int stream) {
            return now.apply(waiting);
          }
        });
  }

  private static List<TestEvent> swapped(List<TestEvent> events) {
    List<TestEvent> swapped = new ArrayList<>(events);
    Collections.swap(swapped, 0, 1);
    return swapped;
  }

  private static List<TestEvent> repeated(List<TestEvent> events) {
    List<TestEvent> repeated = new ArrayList<>(events);
    repeated.add(0, events.get(0));
    return repeated;
  }

  private static Stream<Flaw> resumes() {
    return Stream.of(
        positions("resume.exact", "came [5, 6, 7, 8]", next -> next + 1),
        positions("resume.exact", "came [3, 4, 5", next -> next - 1),
        positions("resume.exact", "came [7, 8]", next -> next == 3 ? 6 : next),
        Flaw.of(
            "resume.exact",
            "the stream was reset",
            new Behaviour() {
              @Override
              String frame(String cursor, TestEvent event) {
                String reset = event.json().endsWith("-7\"}") ? reset(cursor, "") : "";
                return reset + super.frame(cursor, event);
              }
            }),
        positions("resume.from-each-id", "came [9, 10]", next -> next == 7 ? 8 : next),
        positions("resume.hop", "instead of [4]", next -> next == 3 ? 2 : next));
  }
}
