package io.millrace.kafka.deadletter;

/**
 * Where malformed records of a topic go.
 *
 * @param source the topic they come from
 */
record DeadLetterTopic(String source) {

  String name() {
    return source + ".dlq";
  }

  /** The consumer group that looks for them. */
  String group() {
    return "millrace-dlq-" + source;
  }
}
