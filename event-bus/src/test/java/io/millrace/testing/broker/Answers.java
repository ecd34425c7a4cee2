package io.millrace.testing.broker;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;

/** What a broker answered, waited for; a refusal is an error of the test. */
public final class Answers {

  private static final int TIMEOUT_SECONDS = 30;

  private Answers() {}

  public static <T> T of(KafkaFuture<T> question) {
    try {
      return question.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      throw new AssertionError(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stop);
    }
  }

  /** Waits until the broker says so; what it refuses meanwhile is asked again. */
  public static void eventually(Callable<Boolean> claim) {
    await().atMost(Duration.ofSeconds(TIMEOUT_SECONDS)).ignoreExceptions().until(claim);
  }
}
