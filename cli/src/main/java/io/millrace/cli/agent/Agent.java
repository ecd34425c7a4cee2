package io.millrace.cli.agent;

import io.millrace.cli.publish.JsonText;
import io.millrace.cli.publish.OutgoingRecord;
import io.millrace.cli.publish.RecordPublisher;
import java.util.List;
import java.util.Optional;

/** Publishes a run as an agent would: one record per event, each acknowledged before the next. */
public final class Agent {

  private static final String TOPIC = "ai-events";

  private final RecordPublisher publisher;
  private final List<String> scopes;

  /**
   * An agent that publishes there.
   *
   * @param scopes who may see the run besides those with a grant for its conversation
   */
  public Agent(RecordPublisher publisher, List<String> scopes) {
    this.publisher = publisher;
    this.scopes = List.copyOf(scopes);
  }

  /**
   * Publishes the run.
   *
   * @param rate what a model would take its time for, per second; 0 for as fast as the broker takes
   *     it
   */
  public void publish(ScriptedRun run, double rate) {
    ScriptedRun.Options options = run.options();
    Pace pace = new Pace(rate);
    for (ScriptedRun.Event event : run.events()) {
      if (event.paced()) {
        pace.awaitNext();
      }
      publisher.publish(
          new OutgoingRecord(
              TOPIC,
              options.conversation(),
              new JsonText(event.json()),
              Optional.empty(),
              scopes,
              Optional.of(options.runId())));
    }
  }
}
