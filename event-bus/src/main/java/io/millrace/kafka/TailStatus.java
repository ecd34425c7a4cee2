package io.millrace.kafka;

import io.millrace.event.Cursor;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.EventBusLog;
import java.time.Instant;

/** How the tail is doing: written by the poll thread, read by health checks and meters. */
final class TailStatus {

  private final String topic;

  private volatile boolean warm;
  private volatile boolean cursorFits = true;
  private volatile boolean connected;
  private volatile String complaint = "";
  private volatile long lag;
  private volatile Instant lastTick;

  TailStatus(String topic, Instant now) {
    this.topic = topic;
    this.lastTick = now;
  }

  boolean isReady() {
    return warm && cursorFits;
  }

  boolean isWarm() {
    return warm;
  }

  void warm(TailLog tail) {
    warm = true;
    EventBusLog.LOG.warm(topic, tail.end() - tail.first(), tail.bytes());
  }

  boolean isConnected() {
    return connected;
  }

  /** The broker answered as it should; true when it did not before. */
  boolean answered() {
    boolean news = !complaint.isEmpty();
    connected = true;
    complaint = "";
    return news;
  }

  /** It did not, or refused. */
  void failed(String why) {
    connected = false;
    complaint = why;
  }

  /** What keeps it from being ready; empty when nothing does. */
  String reason() {
    if (isReady()) {
      return "";
    }
    if (!cursorFits) {
      return "cursors of " + topic + " would be longer than " + Cursor.MAX_LENGTH + " characters";
    }
    return complaint.isEmpty()
        ? "the recent past of " + topic + " is being read"
        : "cannot read " + topic + ": " + complaint;
  }

  long lag() {
    return lag;
  }

  Instant lastTick() {
    return lastTick;
  }

  void tick(Instant now) {
    lastTick = now;
  }

  /** Looks again at what changes slowly. */
  void update(TailLog tail, long recordsWaiting) {
    lag = recordsWaiting;
    int length = tail.id(tail.positionsAt(tail.end())).length();
    boolean fits = length <= Cursor.MAX_LENGTH;
    if (cursorFits && !fits) {
      EventBusLog.LOG.cursorTooLong(topic, length, Cursor.MAX_LENGTH);
    }
    cursorFits = fits;
  }
}
