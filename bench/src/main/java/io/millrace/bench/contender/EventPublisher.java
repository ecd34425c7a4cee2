package io.millrace.bench.contender;

/** Publishes events for all streams of a server, in order and without waiting. One thread. */
public interface EventPublisher extends AutoCloseable {

  /** The name of every event. */
  String EVENT_TYPE = "bench.tick";

  void publish(byte[] json);

  /** Events the server did not take; any makes a run void. */
  long failed();

  @Override
  void close();
}
