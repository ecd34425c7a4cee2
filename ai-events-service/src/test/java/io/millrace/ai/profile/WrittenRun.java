package io.millrace.ai.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.event.Event;
import io.millrace.event.Route;
import io.millrace.kafka.record.AgUiRecords;
import io.millrace.sse.CoalescingEncoder;
import io.millrace.sse.Past;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A run in the log, and what a UI message stream makes of its events. */
final class WrittenRun {

  static final Route RUN = new Route.Run("c", "r1");

  private final List<Event> written = new ArrayList<>();

  /** Writes one more event; the data of the frames that it becomes, in order. */
  List<String> chunks(String value, String... headers) {
    return data(frames(List.of(event(value, headers))));
  }

  /** Writes one more event, as the index of runs files it. */
  Event event(String value, String... headers) {
    return event(value, Set.of(RUN), headers);
  }

  Event event(String value, Set<Route> runs, String... headers) {
    Event decoded = AgUiRecords.event(written.size(), "c", value, headers);
    Set<Route> routes = new HashSet<>(decoded.routes());
    routes.addAll(runs);
    Event event = decoded.placed(Set.copyOf(routes), decoded.part());
    written.add(event);
    return event;
  }

  /** What events become that are read together. */
  String frames(List<Event> events) {
    ByteBuf out = Unpooled.buffer();
    CoalescingEncoder encoder = new CoalescingEncoder(out, new UiMessageStream(), past());
    events.forEach(event -> encoder.add(event, () -> "id" + event.offset()));
    encoder.finish();
    String text = out.toString(StandardCharsets.UTF_8);
    assertEquals(encoder.frames(), text.split("\n\n", -1).length - 1);
    return text;
  }

  private Past past() {
    return (first, last, route) -> {
      List<Event> before = written.subList(0, written.indexOf(last));
      for (int i = before.size() - 1; i >= 0; i--) {
        if (first.test(before.get(i))) {
          return before.subList(i, before.size());
        }
      }
      return List.of();
    };
  }

  static List<String> data(String frames) {
    return frames.lines().filter(l -> l.startsWith("data: ")).map(l -> l.substring(6)).toList();
  }
}
