package io.millrace.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.millrace.event.Cursor;
import io.millrace.event.Event;
import io.millrace.event.Positions;
import io.millrace.event.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A client that hops between replicas, is cut in the middle of what it was sent, and checks what it
 * gets: of each partition everything that is for it, once, in order, or a reset with a reason.
 */
final class SimulatedClient {

  private final SimulatedTopic topic;
  private final Route route;
  private final Random random;

  private String lastId;
  private Positions base;
  private final List<String> seen = new ArrayList<>();
  private int resets;

  private @Nullable TestReplica replica;
  private @Nullable Subscriber subscriber;
  private RecordedStream stream = new RecordedStream();

  SimulatedClient(SimulatedTopic topic, Route route, Random random) {
    this.topic = topic;
    this.route = route;
    this.random = random;
    this.base = topic.begin();
    this.lastId = new Cursor(TestReplica.EPOCH, base).encode();
  }

  boolean isConnected() {
    return subscriber != null;
  }

  int resets() {
    return resets;
  }

  int events() {
    return seen.size();
  }

  void connect(TestReplica to) {
    replica = to;
    stream = new RecordedStream();
    subscriber = to.subscribe(stream, TestReplica.after(lastId), route);
  }

  /** Its socket takes a while to take more. */
  void slowDown() {
    stream.allow(random.nextInt(3) == 0 ? Integer.MAX_VALUE : random.nextInt(600));
  }

  void speedUp() {
    stream.allow(Integer.MAX_VALUE);
  }

  /** The connection breaks somewhere in what was sent; what came before was handled. */
  void cut() {
    List<RecordedStream.Received> received = stream.received();
    leave(received.subList(0, random.nextInt(received.size() + 1)));
  }

  /** The client leaves, having handled everything. */
  void leave() {
    leave(stream.received());
  }

  private void leave(List<RecordedStream.Received> handled) {
    if (replica != null && subscriber != null) {
      replica.shard.detach(subscriber);
      subscriber = null;
      handled.forEach(this::handle);
    }
  }

  private void handle(RecordedStream.Received frame) {
    if (frame.event().equals("stream.reset")) {
      assertFalse(
          positions(lastId).covers(topic.begin()),
          "a reset without a reason: "
              + frame
              + " after "
              + positions(lastId)
              + " begin "
              + topic.begin()
              + " base "
              + base);
      resets++;
      check(positions(lastId));
      base = positions(frame.id());
      seen.clear();
    } else if (frame.event().isEmpty()) {
      seen.add(frame.data());
    }
    lastId = frame.id();
  }

  /** Everything up to where its cursor stands was seen, and nothing else. */
  void check(Positions upTo) {
    for (int p = 0; p < topic.partitions(); p++) {
      String prefix = p + ":";
      assertEquals(
          topic
              .between(base, upTo, route)
              .map(Event::text)
              .filter(t -> t.startsWith(prefix))
              .toList(),
          seen.stream().filter(t -> t.startsWith(prefix)).toList(),
          "partition " + p + " up to " + upTo);
    }
  }

  /** Everything there is was seen. */
  void checkWhole() {
    check(topic.end());
  }

  Positions cursor() {
    return positions(lastId);
  }

  private static Positions positions(String id) {
    return Cursor.parse(id).orElseThrow().positions();
  }
}
