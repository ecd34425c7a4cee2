package io.millrace.bench.storm;

import io.millrace.bench.contender.EventPublisher;
import io.millrace.bench.contender.KafkaPublisher;
import io.millrace.bench.stream.BenchClock;
import io.millrace.bench.stream.Payload;

/** Publishes what clients miss while they are away. One thread. */
interface Missed {

  /** Publishes event number {@code sequence} of every client. */
  void publish(long sequence);

  /** The same event for all. */
  static Missed byAll(EventPublisher publisher, Payload payload) {
    return sequence -> publisher.publish(payload.event(sequence, BenchClock.nanos()));
  }

  /** One for each client, that nobody else sees. */
  static Missed byEach(KafkaPublisher publisher, Payload payload, int clients) {
    return sequence -> {
      for (int client = 0; client < clients; client++) {
        publisher.publishTo(client, payload.event(sequence, BenchClock.nanos()));
      }
    };
  }
}
