package io.millrace.cli.doctor.finding;

import java.util.Locale;

/**
 * What can be wrong with a chain. The names are stable: pipelines and the documentation use them.
 */
public enum Ailment {
  SHARED_STREAM("Two requests were answered with one and the same stream"),
  RESPONSE_BUFFERING("Events are collected and passed on in batches or at the end"),
  RESPONSE_BUFFERING_TAIL("The end of a large event waits for the next event"),
  EVENT_DELAY("Every event arrives late by the same time"),
  COMPRESSION("A tier compresses the stream"),
  HEAD_HELD_BACK("The head of the response waits for the first event"),
  IDLE_CUT("A silent stream is cut"),
  TOTAL_CAP("A stream is cut after a time, whatever flows"),
  SIZE_CAP("A stream is cut after a number of bytes"),
  CONNECTION_CAP("Only so many streams are let through at once"),
  HEADERS_STRIPPED("A tier takes request headers away"),
  HEADERS_ALTERED("A tier changes the values of request headers"),
  DUPLICATE_REQUESTS("A tier sends a request a second time"),
  GHOST_SUBSCRIBERS("The service is not told that a client has left"),
  HTTP10_UPSTREAM("The last tier speaks HTTP/1.0 to the service"),
  HTTP1_BROWSER_LIMIT("Browsers open at most six streams to a server that speaks no HTTP/2");

  private final String sentence;

  Ailment(String sentence) {
    this.sentence = sentence;
  }

  /** As it is written in reports: {@code response-buffering}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String sentence() {
    return sentence;
  }
}
