package io.millrace.bench.runs;

import io.millrace.bench.contender.BenchTokens;
import io.millrace.bench.contender.KafkaPublisher;
import io.millrace.bench.stream.BenchClock;
import io.millrace.bench.stream.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Runs in progress, each in a conversation of its own, that go on in turns. One thread. */
final class Talk {

  private final KafkaPublisher publisher;
  private final int speaking;
  private long said;

  /**
   * @param speaking conversations that go on, the first ones
   */
  Talk(KafkaPublisher publisher, int speaking) {
    this.publisher = publisher;
    this.speaking = speaking;
  }

  /** Starts the run of each of so many conversations. */
  void begin(int conversations) {
    for (int i = 0; i < conversations; i++) {
      String started =
          "{\"type\":\"RUN_STARTED\",\"threadId\":\"%s\",\"runId\":\"r-%d\"}"
              .formatted(BenchTokens.conversation(i), i);
      publisher.publishIn(BenchTokens.conversation(i), started.getBytes(StandardCharsets.US_ASCII));
    }
    publisher.flush();
  }

  /** Tokens so far, of all conversations. */
  long said() {
    return said;
  }

  /** Sequence number after the last token of a conversation. */
  long saidIn(int conversation) {
    return said / speaking + (conversation < said % speaking ? 1 : 0);
  }

  /** The next token, of the next conversation. */
  void say() {
    int conversation = (int) (said % speaking);
    publisher.publishIn(
        BenchTokens.conversation(conversation),
        Tokens.event(conversation, said / speaking, BenchClock.nanos()));
    said++;
  }

  /** So many tokens of each conversation a second, evenly, whatever the server does. */
  void paced(double tokensPerSecond, Duration time) {
    double perSecond = tokensPerSecond * speaking;
    long tokens = Math.round(perSecond * time.toNanos() / 1e9);
    long start = BenchClock.nanos();
    for (long i = 0; i < tokens; i++) {
      long due = start + (long) (i * 1e9 / perSecond);
      for (long wait = due - BenchClock.nanos(); wait > 0; wait = due - BenchClock.nanos()) {
        LockSupport.parkNanos(wait);
      }
      say();
    }
    publisher.flush();
  }
}
