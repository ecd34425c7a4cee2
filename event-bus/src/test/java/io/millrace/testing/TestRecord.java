package io.millrace.testing;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record as a producer may write it, well or badly. Goes to partition 0 unless told otherwise, so
 * that what is sent later arrives later.
 */
public final class TestRecord {

  private byte[] key;
  private byte[] value;
  private int partition;
  private final RecordHeaders headers = new RecordHeaders();

  private TestRecord(byte[] key, byte[] value) {
    this.key = key;
    this.value = value;
  }

  public static TestRecord of(String key, String value) {
    return new TestRecord(utf8(key), utf8(value));
  }

  public static TestRecord of(String key, byte[] value) {
    return new TestRecord(utf8(key), value);
  }

  /** A record without a value. */
  public static TestRecord tombstone(String key) {
    return new TestRecord(utf8(key), null);
  }

  public TestRecord key(byte[] other) {
    key = other;
    return this;
  }

  public TestRecord header(String name, String text) {
    return header(name, utf8(text));
  }

  public TestRecord header(String name, byte[] bytes) {
    headers.add(name, bytes);
    return this;
  }

  public TestRecord partition(int number) {
    partition = number;
    return this;
  }

  ProducerRecord<byte[], byte[]> to(String topic) {
    return new ProducerRecord<>(topic, partition, key, value, headers);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
