package io.millrace.cli.doctor;

import io.millrace.cli.doctor.finding.Ailment;
import java.util.Set;

/** A way a chain can be ill, and what it has to be called. */
enum Ill {
  NOTHING,
  HOLDS_EVERYTHING(Ailment.RESPONSE_BUFFERING),
  KEEPS_THE_TAIL(Ailment.RESPONSE_BUFFERING_TAIL),
  DELAYS_EACH_EVENT(Ailment.EVENT_DELAY),
  COMPRESSES(Ailment.COMPRESSION),
  COMPRESSES_AND_HOLDS(Ailment.COMPRESSION),
  COMPRESSES_UNASKED(Ailment.COMPRESSION),
  HOLDS_THE_HEAD(Ailment.HEAD_HELD_BACK),
  CUTS_SILENCE(Ailment.IDLE_CUT),
  CUTS_LONG_STREAMS(Ailment.TOTAL_CAP),
  CUTS_LARGE_STREAMS(Ailment.SIZE_CAP),
  REFUSES_THE_FOURTH(Ailment.CONNECTION_CAP),
  LOCKS_AN_ADDRESS(Ailment.CONNECTION_CAP),
  SPEAKS_HTTP10(Ailment.HTTP10_UPSTREAM),
  DROPS_THE_CURSOR(Ailment.HEADERS_STRIPPED),
  DROPS_ACCEPT(Ailment.HEADERS_STRIPPED),
  CHANGES_THE_TOKEN(Ailment.HEADERS_ALTERED),
  SHARES_A_STREAM(Ailment.SHARED_STREAM),
  REPLAYS_FROM_A_CACHE(Ailment.SHARED_STREAM),
  ASKS_TWICE(Ailment.DUPLICATE_REQUESTS),
  IGNORES_DEPARTURES(Ailment.GHOST_SUBSCRIBERS);

  private final Set<Ailment> names;

  Ill(Ailment... names) {
    this.names = Set.of(names);
  }

  Set<Ailment> names() {
    return names;
  }
}
