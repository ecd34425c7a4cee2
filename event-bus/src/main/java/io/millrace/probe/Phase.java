package io.millrace.probe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** What a client can ask for. Each phase shows one fault of what lies between. */
enum Phase {
  /** Head, a silence, one event: is the head held back? */
  SILENCE,
  /** Small events at a steady pace: are they held together, or each held up? */
  SMALL,
  /** Events around and above the buffers of proxies: does the end of one wait for the next? */
  LARGE,
  /** Two events and a long silence between: who cuts it, and when? */
  IDLE(new Amount("seconds", 400, OptionalInt.empty())),
  /** A steady stream for long: who ends a response that is alive? */
  TOTAL(new Amount("seconds", 4_000, OptionalInt.empty())),
  /** Much, as fast as the client takes it: who ends a response that is large? */
  BYTES(new Amount("bytes", 16 << 20, OptionalInt.empty())),
  /** Open and nothing else: how many fit, and is a client that leaves noticed? */
  HOLD(new Amount("seconds", 60, OptionalInt.of(30))),
  /** No stream: what this replica saw of the run. */
  REPORT;

  private final Optional<Amount> amount;

  Phase() {
    this.amount = Optional.empty();
  }

  Phase(Amount amount) {
    this.amount = Optional.of(amount);
  }

  /**
   * How much of it a client may ask for.
   *
   * @param parameter its name in the query
   * @param max the most; the least is 1
   * @param otherwise how much without the parameter; empty where it has to be given
   */
  record Amount(String parameter, int max, OptionalInt otherwise) {}

  Optional<Amount> amount() {
    return amount;
  }

  /** The form in the query. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Phase> of(String text) {
    return Arrays.stream(values()).filter(phase -> phase.text().equals(text)).findFirst();
  }
}
