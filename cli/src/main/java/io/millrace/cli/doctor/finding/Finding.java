package io.millrace.cli.doctor.finding;

/**
 * One thing that is wrong with a chain.
 *
 * @param evidence what was measured, with its numbers
 * @param amount the number that tells tiers apart: milliseconds of a delay, seconds of a cut; 0 for
 *     none
 */
public record Finding(Ailment ailment, Severity severity, String evidence, double amount) {

  public static Finding of(Ailment ailment, Severity severity, String evidence) {
    return new Finding(ailment, severity, evidence, 0);
  }
}
