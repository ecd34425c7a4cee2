package io.millrace.probe;

import io.millrace.subscribe.Query;
import io.millrace.subscribe.Rejection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What the query of a probe asks for.
 *
 * @param run the client's name of one examination, of which this request is a part
 * @param name the client's name of this request; the same one twice: somebody repeated it
 * @param amount seconds or bytes, as the phase has it; empty where it has none
 */
record ProbeRequest(Phase phase, String run, Optional<String> name, OptionalInt amount) {

  private static final String PHASE = "phase";
  private static final String RUN = "run";
  private static final String NAME = "request";
  private static final List<String> AMOUNTS = List.of("seconds", "bytes");

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Nine digits fit an int, and no maximum has more. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  /**
   * @throws RejectedException names the parameter that is wrong
   */
  static ProbeRequest of(Query query) {
    Phase phase =
        once(query, PHASE)
            .flatMap(Phase::of)
            .orElseThrow(() -> wrong(PHASE, "phase must be one of those of the probe"));
    String run = identifier(query, RUN).orElseThrow(() -> wrong(RUN, "run must be given"));
    return new ProbeRequest(phase, run, identifier(query, NAME), amount(query, phase));
  }

  private static OptionalInt amount(Query query, Phase phase) {
    for (String parameter : AMOUNTS) {
      boolean isIts = phase.amount().filter(a -> a.parameter().equals(parameter)).isPresent();
      if (!isIts && !query.all(parameter).isEmpty()) {
        throw wrong(parameter, "phase " + phase.text() + " has no " + parameter);
      }
    }
    return phase.amount().map(amount -> amount(query, amount)).orElseGet(OptionalInt::empty);
  }

  private static OptionalInt amount(Query query, Phase.Amount amount) {
    Optional<String> text = once(query, amount.parameter());
    if (text.isEmpty() && amount.otherwise().isPresent()) {
      return amount.otherwise();
    }
    return OptionalInt.of(
        text.filter(digits -> NUMBER.matcher(digits).matches())
            .map(Integer::parseInt)
            .filter(number -> number >= 1 && number <= amount.max())
            .orElseThrow(
                () ->
                    wrong(
                        amount.parameter(),
                        amount.parameter() + " must be a number from 1 to " + amount.max())));
  }

  private static Optional<String> identifier(Query query, String parameter) {
    Optional<String> text = once(query, parameter);
    if (text.isPresent() && !IDENTIFIER.matcher(text.get()).matches()) {
      throw wrong(parameter, parameter + " must be 1 to 64 of the characters A-Z a-z 0-9 _ -");
    }
    return text;
  }

  private static Optional<String> once(Query query, String parameter) {
    if (query.isRepeated(parameter)) {
      throw wrong(parameter, parameter + " must be given once");
    }
    return query.all(parameter).stream().findFirst();
  }

  private static RejectedException wrong(String parameter, String detail) {
    return new RejectedException(Rejection.badRequest(parameter, detail));
  }
}
