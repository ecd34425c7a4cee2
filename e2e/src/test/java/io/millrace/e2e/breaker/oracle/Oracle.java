package io.millrace.e2e.breaker.oracle;

import io.millrace.e2e.breaker.oracle.TopicContent.Recorded;
import java.util.List;
import java.util.Optional;

/**
 * Says of each visit whether the promise of wire.md §4 was kept: from the place it began, each
 * visible record of each partition once and in order, nothing else; and every id names exactly the
 * place that was reached, or the next visit would miss or repeat something. A reset has to be
 * justified by what was done to the topic.
 */
public final class Oracle {

  private final Topic topic;
  private final TopicContent content;
  private final String epoch;

  /**
   * @param epoch that all cursors of the topic have, whichever replica made them
   */
  public Oracle(Topic topic, String epoch) {
    this.topic = topic;
    this.epoch = epoch;
    this.content = topic.content();
  }

  /**
   * Checks what has come.
   *
   * @return number of records that have not come yet
   * @throws Violation when the promise was broken
   */
  public int check(Visit visit) {
    Track track = new Track(visit);
    for (Visit.Frame frame : visit.frames()) {
      track.follow(frame);
    }
    return track.missing();
  }

  /** The promise was broken. */
  public static final class Violation extends AssertionError {

    private static final long serialVersionUID = 1L;

    public Violation(String message) {
      super(message);
    }
  }

  private Id genuine(String text) {
    Id id = Id.parse(text).orElseThrow(() -> new Violation("a frame has the id '" + text + "'"));
    if (!id.epoch().equals(epoch)) {
      throw new Violation("ids of one topic name two: " + epoch + " and " + id.epoch());
    }
    return id;
  }

  /** Where a visit stands in the topic. */
  private final class Track {

    private final Visit visit;
    private final List<List<Recorded>> visible;

    /** By partition: how many of the visible records are behind it. */
    private final int[] behind;

    /** The place it has reached; empty: not told yet. */
    private Optional<Id> held;

    /** It came with an id nobody can resume, and has not been told yet. */
    private boolean mustBeReset;

    Track(Visit visit) {
      this.visit = visit;
      this.visible = content.visibleTo(visit.scopes());
      this.behind = new int[visible.size()];
      this.held = Id.parse(visit.sentId()).filter(id -> id.epoch().equals(epoch));
      this.mustBeReset = !visit.sentId().isEmpty() && (held.isEmpty() || isBeyondEnd(held.get()));
      held.ifPresent(this::pin);
    }

    private boolean isBeyondEnd(Id id) {
      List<Long> end = content.end();
      for (int p = 0; p < end.size(); p++) {
        if (id.at(p) > end.get(p)) {
          return true;
        }
      }
      return false;
    }

    /** It stands here: what is before does not come any more. */
    private void pin(Id place) {
      for (int p = 0; p < behind.length; p++) {
        List<Recorded> records = visible.get(p);
        behind[p] = 0;
        while (behind[p] < records.size() && records.get(behind[p]).offset() < place.at(p)) {
          behind[p]++;
        }
      }
    }

    void follow(Visit.Frame frame) {
      Id reached = genuine(frame.id());
      if (frame.event().equals("stream.reset")) {
        checkJustified(frame);
        mustBeReset = false;
        pin(reached);
      } else if (mustBeReset && held.isEmpty()) {
        throw new Violation("no reset for an id that can't be resumed, but " + frame);
      } else if (held.isEmpty()) {
        begin(frame, reached);
      } else {
        goOn(frame, reached);
      }
      held = Optional.of(reached);
    }

    /** The first frame of a visit without an id: it says where the visit began. */
    private void begin(Visit.Frame frame, Id reached) {
      pin(reached);
      Optional<Recorded> first =
          frame.isControl() ? Optional.empty() : Optional.of(visibleRecord(frame));
      for (int p = 0; p < behind.length; p++) {
        for (Recorded skipped : visible.get(p).subList(0, behind[p])) {
          if (!first.equals(Optional.of(skipped)) && mustCome(skipped)) {
            throw new Violation("published after ': ready' and left out: " + skipped);
          }
        }
      }
      first.ifPresent(
          record -> {
            int p = record.partition();
            if (behind[p] == 0 || visible.get(p).get(behind[p] - 1) != record) {
              throw new Violation("the id does not stand behind its own record: " + frame);
            }
          });
    }

    private boolean mustCome(Recorded record) {
      return visit.wasReadyBefore(topic.sentNanos(record.data()));
    }

    private void goOn(Visit.Frame frame, Id reached) {
      if (!frame.isControl()) {
        Recorded record = visibleRecord(frame);
        List<Recorded> records = visible.get(record.partition());
        int next = behind[record.partition()]++;
        if (next >= records.size() || records.get(next) != record) {
          throw new Violation(
              (next < records.size() && records.get(next).offset() < record.offset()
                      ? "lost " + records.get(next) + "\n  before "
                      : "repeated ")
                  + record);
        }
      }
      for (int p = 0; p < behind.length; p++) {
        List<Recorded> records = visible.get(p);
        if (behind[p] > 0 && records.get(behind[p] - 1).offset() >= reached.at(p)) {
          throw new Violation("the id would repeat " + records.get(behind[p] - 1) + "\n  " + frame);
        }
        if (behind[p] < records.size() && records.get(behind[p]).offset() < reached.at(p)) {
          throw new Violation("the id would lose " + records.get(behind[p]) + "\n  " + frame);
        }
      }
    }

    private Recorded visibleRecord(Visit.Frame frame) {
      Recorded record =
          content
              .withData(frame.data())
              .orElseThrow(() -> new Violation("nobody published " + frame));
      if (record.scopes().stream().noneMatch(visit.scopes()::contains)) {
        throw new Violation("not for " + visit.scopes() + ": " + record);
      }
      if (!record.event().equals(frame.event())) {
        throw new Violation("the event's name is " + record.event() + ", not that of " + frame);
      }
      return record;
    }

    private void checkJustified(Visit.Frame reset) {
      boolean justified =
          switch (reset.reason()) {
            case "unknown" -> mustBeReset && held.isEmpty();
            case "truncated" -> mustBeReset && held.isPresent();
            case "expired" ->
                held.map(place -> topic.hadLost(place, reset.nanos()))
                    .orElseGet(() -> topic.hadLostAny(reset.nanos()));
            default -> false;
          };
      if (!justified) {
        throw new Violation("a reset without a cause: " + reset);
      }
    }

    int missing() {
      int missing = mustBeReset ? 1 : 0;
      for (int p = 0; p < behind.length; p++) {
        List<Recorded> records = visible.get(p);
        missing +=
            held.isPresent()
                ? records.size() - behind[p]
                : (int) records.stream().filter(this::mustCome).count();
      }
      return missing;
    }
  }
}
