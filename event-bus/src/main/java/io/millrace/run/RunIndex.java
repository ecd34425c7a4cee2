package io.millrace.run;

import io.millrace.config.RunsConfig;
import io.millrace.event.Event;
import io.millrace.event.Route;
import io.millrace.telemetry.Meters;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs this replica knows, by conversation: where each began and ended, rebuilt from the log
 * when the replica starts. The poll thread writes it before events enter the tail; event loops ask
 * it where to begin, replay threads what an event of the past was of. Bounded by number and by
 * silence; any thread.
 */
public final class RunIndex {

  /** A conversation, and when something last happened in it. */
  private static final class Entry {
    private final ConversationRuns runs;
    private long lastMillis;

    Entry(ConversationRuns runs) {
      this.runs = runs;
    }
  }

  private final int maxKnown;
  private final long forgetAfterMillis;
  private final long lookBackMillis;
  private final Meters meters;

  /** The longest silent first. */
  private final Map<String, Entry> conversations = new LinkedHashMap<>(16, 0.75f, true);

  private int known;

  public RunIndex(RunsConfig config, Meters meters) {
    this.maxKnown = config.maxKnown();
    this.forgetAfterMillis = config.forgetAfter().toMillis();
    this.lookBackMillis = config.lookBack().toMillis();
    this.meters = meters;
    meters.gauge("millrace.runs.known", "Runs known, in progress or ended", this::size);
  }

  /**
   * Takes in the next event of the topic: the same, filed under the runs it is of. Poll thread.
   *
   * @param written its timestamp, which its producer may have made, in epoch milliseconds
   * @param now the time, in epoch milliseconds
   */
  public Event place(Event event, long written, long now) {
    return event
        .conversation()
        .map(c -> place(c.id(), event, Math.max(Math.min(written, now), now - lookBackMillis)))
        .orElse(event);
  }

  private synchronized Event place(String id, Event event, long atMillis) {
    Entry entry = conversations.get(id);
    if (entry != null && atMillis - entry.lastMillis > forgetAfterMillis) {
      forget(id, entry, "silent");
      entry = null;
    }
    boolean isNew = entry == null;
    if (entry == null) {
      entry = new Entry(new ConversationRuns(id));
    }
    int before = entry.runs.size();
    Event placed = entry.runs.place(event);
    known += entry.runs.size() - before;
    entry.lastMillis = Math.max(entry.lastMillis, atMillis);
    if (isNew && !entry.runs.isEmpty()) {
      conversations.put(id, entry);
    } else if (!isNew && entry.runs.isEmpty()) {
      conversations.remove(id);
    }
    bound();
    return placed;
  }

  private void bound() {
    while (known > maxKnown && conversations.size() > 1) {
      Map.Entry<String, Entry> silent = conversations.entrySet().iterator().next();
      forget(silent.getKey(), silent.getValue(), "bound");
    }
  }

  private void forget(String conversation, Entry entry, String reason) {
    conversations.remove(conversation);
    known -= entry.runs.size();
    meters.runsForgotten(entry.runs.size(), reason);
  }

  /** Forgets the runs of conversations that have been silent for too long. Poll thread. */
  public synchronized void forgetSilent(long nowMillis) {
    Iterator<Map.Entry<String, Entry>> each = conversations.entrySet().iterator();
    while (each.hasNext()) {
      Entry entry = each.next().getValue();
      if (nowMillis - entry.lastMillis <= forgetAfterMillis) {
        return;
      }
      each.remove();
      known -= entry.runs.size();
      meters.runsForgotten(entry.runs.size(), "silent");
    }
  }

  /** The log is read anew, or another one: nothing is known. Poll thread. */
  public synchronized void clear() {
    conversations.clear();
    known = 0;
  }

  public synchronized int size() {
    return known;
  }

  public synchronized Optional<Run> find(Route.Run run) {
    return Optional.ofNullable(conversations.get(run.conversation()))
        .flatMap(entry -> entry.runs.find(run.id()));
  }

  /** The runs of a conversation that go on. */
  public synchronized List<Run> inProgress(String conversation) {
    Entry entry = conversations.get(conversation);
    return entry == null ? List.of() : entry.runs.inProgress();
  }

  /** Whether something goes on in a conversation that began further back than is known. */
  public synchronized boolean hasUnknownBegin(String conversation) {
    Entry entry = conversations.get(conversation);
    return entry != null && entry.runs.hasUnknownBegin();
  }

  /** The runs of a conversation before the event at this place. */
  synchronized ConversationRuns at(String conversation, int partition, long offset) {
    Entry entry = conversations.get(conversation);
    return entry == null ? new ConversationRuns(conversation) : entry.runs.at(partition, offset);
  }
}
