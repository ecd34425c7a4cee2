package io.millrace.connection;

import java.util.Locale;

/**
 * Why a stream ended. Every reason is a metric; most of those the client is told of say "come
 * back".
 */
public enum CloseReason {
  /** The client or a proxy closed the connection. */
  CLIENT_GONE(false),
  /** The lease ran out: no stream outlives the total caps of proxies. */
  MAX_AGE(true),
  /** The caller's token is about to expire. */
  TOKEN_EXPIRING(true),
  /** No event was written for longer than the idle window. */
  IDLE(true),
  /** The replica goes away. */
  DRAIN(true),
  /** The socket took nothing for too long; the client hears of it if it reads again in time. */
  SLOW(true),
  /** The caller opened more streams than it may have, and this was its oldest. */
  REPLACED(true),
  /** The caller's token, or its grant for a conversation, was revoked. */
  REVOKED(true),
  /** The conversation has ended, and the client was given all of it. */
  CONVERSATION_ENDED(true),
  /** The run that the request named has ended, and the client was given all of it. */
  RUN_FINISHED(true),
  /** A fence caught an exception on this stream's turn: it ends, the others go on. */
  FAULT(false);

  private final boolean announced;

  CloseReason(boolean announced) {
    this.announced = announced;
  }

  /** Whether the client is told of this reason. */
  public boolean isAnnounced() {
    return announced;
  }

  /**
   * When the client comes back. One that was replaced comes back to replace another: not too often.
   */
  public Retry retry() {
    return this == REPLACED ? Retry.LATER : Retry.SOON;
  }

  /** Whether it is told not to come back ({@code stream.end}), else {@code stream.reconnect}. */
  public boolean isFinal() {
    return this == CONVERSATION_ENDED || this == RUN_FINISHED;
  }

  /** The form on the wire and in metrics. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
