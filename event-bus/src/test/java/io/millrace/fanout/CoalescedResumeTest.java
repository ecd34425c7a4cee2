package io.millrace.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.connection.CloseReason;
import io.millrace.connection.Lease;
import io.millrace.event.Event;
import io.millrace.event.Route;
import io.millrace.kafka.record.AgUiRecords;
import io.millrace.sse.NativeProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client that lets deltas wait for one time or another, stalls, is cut in the middle of what it
 * was sent and comes back: its text is whole and in order.
 */
class CoalescedResumeTest {

  private static final int CONNECTIONS = 6;
  private static final int STEPS = 30;
  private static final Route CHAT = new Route.Conversation("c");
  private static final String END = "{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"m\"}";

  private final TestReplica replica = TestReplica.of(1);
  private long offset;

  private static String json(String text) {
    return "{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":\"" + text + "\"}";
  }

  private Event of(String conversation, String value) {
    return AgUiRecords.event(offset++, conversation, value);
  }

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void loseAndRepeatNothing(int seed) {
    Random random = new Random(seed);
    StringBuilder written = new StringBuilder();
    List<String> seen = new ArrayList<>();
    String lastId = replica.tail.id(replica.tail.endPlace().reached());
    for (int connection = 0; connection < CONNECTIONS; connection++) {
      RecordedStream socket = new RecordedStream();
      Subscriber subscriber = connect(socket, random, lastId);
      for (int step = 0; step < STEPS; step++) {
        step(random, socket, written);
      }
      if (connection == CONNECTIONS - 1) {
        socket.allow(Integer.MAX_VALUE);
        replica.loop.run();
        replica.elapse(Duration.ofSeconds(1));
      }
      replica.shard.detach(subscriber);
      List<RecordedStream.Received> got = socket.received();
      int kept = connection == CONNECTIONS - 1 ? got.size() : random.nextInt(got.size() + 1);
      got.subList(0, kept).forEach(frame -> seen.add(frame.data()));
      lastId = kept == 0 ? lastId : got.get(kept - 1).id();
    }

    assertEquals(written.toString(), text(seen));
  }

  private Subscriber connect(RecordedStream socket, Random random, String lastId) {
    Subscription asked =
        new Subscription(
            Set.of(CHAT), random.nextInt(3) * 50, Subscription.NEVER, NativeProfile.INSTANCE);
    Lease lease = new Lease(replica.now.plus(Duration.ofDays(1)), CloseReason.MAX_AGE);
    Subscriber subscriber =
        new Subscriber(asked, socket, lease, TestReplica.CREDENTIAL, replica.now);
    replica.shard.attach(subscriber, TestReplica.after(lastId));
    return subscriber;
  }

  private void step(Random random, RecordedStream socket, StringBuilder written) {
    int dice = random.nextInt(10);
    if (dice < 4) {
      String text = (char) ('a' + random.nextInt(26)) + "";
      written.append(text);
      replica.read(of("c", json(text)));
    } else if (dice == 4) {
      written.append('|');
      replica.read(of("c", END));
    } else if (dice == 5) {
      replica.read(of("d", random.nextBoolean() ? END : json("hidden")));
    } else if (dice < 8) {
      replica.loop.runOne();
    } else if (dice == 8) {
      replica.elapse(Duration.ofMillis(random.nextInt(60)));
    } else {
      socket.allow(random.nextInt(3) == 0 ? Integer.MAX_VALUE : random.nextInt(300));
    }
  }

  private static String text(List<String> data) {
    StringBuilder text = new StringBuilder();
    for (String each : data) {
      text.append(
          each.equals(END)
              ? "|"
              : each.substring(each.indexOf("\"delta\":\"") + 9, each.length() - 2));
    }
    return text.toString();
  }
}
