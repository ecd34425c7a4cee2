package io.millrace.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.event.Positions;
import io.millrace.fanout.ResumePoint;
import io.millrace.testing.broker.Answers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactional producers: what readers may see, and the offsets that hold no record. */
class TransactionsIT extends OneBrokerTest {

  @BeforeEach
  void createTopic() {
    broker.createTopic(topic, 1, Map.of());
  }

  @Test
  void whatWasCommittedIsSeenAndWhatWasAbortedNever() {
    // Given
    TailFixture tail = readyTail();
    KafkaProducer<String, String> producer = transactional();

    // When
    commit(producer, "1", "2");
    abort(producer, "never", "never either");
    commit(producer, "3");

    // Then
    tail.awaitData(List.of("1", "2", "3"));
    awaitReached(tail);
  }

  @Test
  void anOpenTransactionHoldsBackWhatComesAfterIt() {
    // Given
    TailFixture tail = readyTail();
    KafkaProducer<String, String> producer = transactional();
    producer.beginTransaction();
    producer.send(record("1"));
    producer.flush();

    // When
    send(producer(Map.of()), record("2"));

    // Then
    await().during(Duration.ofSeconds(1)).until(() -> tail.data().isEmpty());

    // When
    producer.commitTransaction();

    // Then
    tail.awaitData(List.of("1", "2"));
  }

  @Test
  void isReadyWhenTheLogEndsInControlRecords() {
    // Given
    KafkaProducer<String, String> producer = transactional();
    commit(producer, "1");
    abort(producer, "never");

    // When
    TailFixture tail = tail(topic);

    // Then
    tail.awaitReady();
    assertEquals(List.of("1"), tail.data());
    assertEquals(logEnd(topic), tail.reached());
  }

  @Test
  void isReadyWhileATransactionIsOpen() {
    // Given
    KafkaProducer<String, String> producer = transactional();
    commit(producer, "1");
    producer.beginTransaction();
    producer.send(record("2"));
    producer.flush();

    // When
    TailFixture tail = tail(topic);

    // Then
    tail.awaitReady();
    assertEquals(List.of("1"), tail.data());

    // When
    producer.commitTransaction();

    // Then
    tail.awaitData(List.of("1", "2"));
  }

  @Test
  void cursorsOfTwoReplicasAgreeAfterControlRecords() {
    // Given
    TailFixture early = readyTail();
    KafkaProducer<String, String> producer = transactional();
    commit(producer, "1");
    abort(producer, "never");
    awaitReached(early);

    // When
    TailFixture late = readyTail();

    // Then
    assertEquals(OptionalLong.of(late.tail.end()), late.tail.resume(early.reached()));
    assertEquals(OptionalLong.of(early.tail.end()), early.tail.resume(late.reached()));
  }

  @Test
  void noStreamIsResetWhenOnlyControlRecordsWereDeletedUnread() {
    // Given
    TailFixture tail = readyTail();
    Listener listener = open(new Listener(tail.fanout));
    KafkaProducer<String, String> producer = transactional();
    commit(producer, "1");
    Answers.eventually(() -> listener.data().size() == 1);
    awaitReached(tail);
    RecordsToDelete all = RecordsToDelete.beforeOffset(logEnd(topic).at(0));
    Answers.of(admin.deleteRecords(Map.of(new TopicPartition(topic, 0), all)).all());

    // When
    tail.breakSession();
    commit(producer, "2");

    // Then
    Answers.eventually(() -> listener.data().size() == 2);
    assertEquals(List.of("1", "2"), listener.data());
  }

  @Test
  void aReplayPassesControlRecordsAndTheTailTakesOver() {
    // Given
    KafkaProducer<String, String> producer = transactional();
    commit(producer, "1");
    abort(producer, "never");
    commit(producer, "2");
    TailFixture tail = open(new TailFixture(topic, client(), Duration.ZERO));
    tail.awaitReady();

    // When
    Listener listener = open(new Listener(tail.fanout, new ResumePoint.After(Positions.of(1))));
    Answers.eventually(() -> listener.data().size() == 1);
    abort(producer, "never");
    commit(producer, "3");

    // Then
    Answers.eventually(() -> listener.data().size() == 2);
    assertEquals(List.of("2", "3"), listener.data());
  }

  private void awaitReached(TailFixture tail) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertEquals(logEnd(topic), tail.reached()));
  }

  private KafkaProducer<String, String> transactional() {
    KafkaProducer<String, String> producer = producer(Map.of("transactional.id", topic));
    producer.initTransactions();
    return producer;
  }

  private void commit(KafkaProducer<String, String> producer, String... values) {
    producer.beginTransaction();
    List.of(values).forEach(value -> producer.send(record(value)));
    producer.commitTransaction();
  }

  private void abort(KafkaProducer<String, String> producer, String... values) {
    producer.beginTransaction();
    List.of(values).forEach(value -> producer.send(record(value)));
    producer.flush();
    producer.abortTransaction();
  }
}
