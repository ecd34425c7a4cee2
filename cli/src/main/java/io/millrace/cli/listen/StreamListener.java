package io.millrace.cli.listen;

import java.time.Duration;
import java.time.Instant;

/** What a listener to a stream learns, each with the moment its bytes arrived. */
public interface StreamListener {

  void opened(Instant at);

  void event(ServerSentEvent event, Instant arrival);

  void comment(String text, Instant arrival);

  /** The stream ended or broke; after the wait the next attempt is made with this id. */
  void reconnecting(String why, Duration wait, String lastEventId);
}
