package io.millrace.run;

import io.millrace.event.Event;
import io.millrace.event.Part;
import io.millrace.event.Part.Kind;
import io.millrace.event.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The runs of one conversation, moved on event by event: says of each event which of them it is of.
 * What it says follows from the log alone, so that every replica says the same. One thread.
 */
final class ConversationRuns {

  /**
   * Most runs held, ended ones too: a few agents at work at a time, and as many that a client may
   * still ask the end of.
   */
  static final int MAX_RUNS = 32;

  /** Most runs around one. */
  private static final int MAX_DEPTH = 8;

  private final String conversation;

  /** In the order of their begin. */
  private final List<Run> runs;

  /** Whether the last delta was of a run nobody knows. */
  private boolean orphaned;

  /** How the last event was filed: those of one message all are alike, and share it. */
  private Filing last = Filing.NONE;

  private record Filing(String run, String parent, Set<Route> from, Set<Route> to) {
    static final Filing NONE = new Filing("", "", Set.of(), Set.of());

    boolean fits(String id, Part part, Set<Route> routes) {
      return id.equals(run) && part.parent().equals(parent) && routes.equals(from);
    }
  }

  ConversationRuns(String conversation) {
    this(conversation, List.of());
  }

  private ConversationRuns(String conversation, List<Run> runs) {
    this.conversation = conversation;
    this.runs = new ArrayList<>(runs);
  }

  /** As they stood before the event at this place, as far as it is still known. */
  ConversationRuns at(int partition, long offset) {
    return new ConversationRuns(
        conversation,
        runs.stream().filter(run -> run.contains(partition, offset)).map(Run::inProgress).toList());
  }

  /** What it counts against the bound. */
  int size() {
    return runs.size() + (orphaned ? 1 : 0);
  }

  boolean isEmpty() {
    return size() == 0;
  }

  List<Run> inProgress() {
    return runs.stream().filter(Run::isInProgress).toList();
  }

  /** Whether something is in progress that began further back than is known. */
  boolean hasUnknownBegin() {
    return orphaned || runs.stream().anyMatch(run -> run.isInProgress() && !run.isBeginKnown());
  }

  /** The last run of this id. */
  Optional<Run> find(String id) {
    for (int i = runs.size() - 1; i >= 0; i--) {
      if (runs.get(i).id().equals(id)) {
        return Optional.of(runs.get(i));
      }
    }
    return Optional.empty();
  }

  private Optional<Run> open(String id) {
    return find(id).filter(Run::isInProgress);
  }

  /** Takes the next event in: the same, filed under the runs it is of. */
  Event place(Event event) {
    Part part = event.part();
    return switch (part.kind()) {
      case NONE -> event;
      case START, START_NESTED -> started(event, part);
      case END -> ended(event, part);
      case MEMBER, DELTA, MALFORMED_DELTA -> member(event, part);
    };
  }

  /** A second start of a run in progress changes nothing. */
  private Event started(Event event, Part part) {
    if (part.run().isEmpty()) {
      return member(event, part);
    }
    if (open(part.run()).filter(Run::isBeginKnown).isEmpty()) {
      boolean nested = part.kind() == Kind.START_NESTED;
      String parent = part.parent().isEmpty() && nested ? unnamed().orElse("") : part.parent();
      runs.removeIf(run -> run.id().equals(part.run()));
      add(
          new Run(
              new Route.Run(conversation, part.run()),
              // A run it merely follows on is no run around it.
              open(parent).isPresent() ? parent : "",
              nested,
              event.partition(),
              event.offset(),
              Run.UNKNOWN));
      orphaned = false;
    }
    return filed(event, part);
  }

  /** One that names no run ends the one that unnamed events are of. */
  private Event ended(Event event, Part part) {
    orphaned = false;
    Part end = part.run().isEmpty() ? part.in(unnamed().orElse("")) : part;
    if (end.run().isEmpty()) {
      return event;
    }
    Event filed = filed(event, end);
    if (find(end.run()).isEmpty()) {
      know(event, end.run());
    }
    last = Filing.NONE;
    runs.replaceAll(
        run -> run.isInProgress() && isIn(run, end.run()) ? run.endedAt(event.offset()) : run);
    return filed;
  }

  /** Whether it is this run, or a subagent in it. */
  private boolean isIn(Run run, String id) {
    Run outer = run;
    for (int depth = 0; depth < MAX_DEPTH && outer.nested() && !outer.id().equals(id); depth++) {
      Optional<Run> next = find(outer.parent());
      if (next.isEmpty()) {
        return false;
      }
      outer = next.get();
    }
    return outer.id().equals(id);
  }

  private Event member(Event event, Part part) {
    String id = part.run().isEmpty() ? unnamed().orElse("") : part.run();
    if (id.isEmpty()) {
      orphaned |= part.kind() == Kind.DELTA && inProgress().isEmpty();
      return event;
    }
    if (find(id).isEmpty() && !part.run().isEmpty()) {
      know(event, id);
    }
    return filed(event, part, id);
  }

  /** Of a run that was named, and whose begin was not seen. */
  private void know(Event event, String id) {
    add(
        new Run(
            new Route.Run(conversation, id),
            "",
            false,
            event.partition(),
            Run.UNKNOWN,
            Run.UNKNOWN));
  }

  /** Beyond the bound the oldest that has ended is forgotten, or the oldest. */
  private void add(Run run) {
    last = Filing.NONE;
    if (runs.size() == MAX_RUNS) {
      Run oldest =
          runs.stream().filter(known -> !known.isInProgress()).findFirst().orElse(runs.get(0));
      runs.remove(oldest);
    }
    runs.add(run);
  }

  /**
   * The run of an event that names none: the only one in progress, or the innermost where each
   * encloses the next. Of several side by side nobody can tell.
   */
  private Optional<String> unnamed() {
    String innermost = "";
    for (Run run : runs) {
      if (run.isInProgress() && run.isBeginKnown() && !run.nested()) {
        if (!innermost.equals(run.parent())) {
          return Optional.empty();
        }
        innermost = run.id();
      }
    }
    return Optional.of(innermost).filter(id -> !id.isEmpty());
  }

  private Event filed(Event event, Part part) {
    return filed(event, part, part.run());
  }

  /** Files an event under the run it is of, and those around that one. */
  private Event filed(Event event, Part part, String run) {
    if (!last.fits(run, part, event.routes())) {
      last = new Filing(run, part.parent(), event.routes(), routes(event, part, run));
    }
    return event.placed(last.to(), part);
  }

  private Set<Route> routes(Event event, Part part, String run) {
    Set<Route> routes = new HashSet<>(event.routes());
    routes.add(new Route.Run(conversation, run));
    if (!part.parent().isEmpty() && part.kind() != Kind.START) {
      routes.add(new Route.Run(conversation, part.parent()));
    }
    String outer = run;
    for (int depth = 0; depth < MAX_DEPTH && !outer.isEmpty(); depth++) {
      outer = find(outer).map(Run::parent).orElse("");
      if (open(outer).isPresent()) {
        routes.add(new Route.Run(conversation, outer));
      }
    }
    return Set.copyOf(routes);
  }
}
