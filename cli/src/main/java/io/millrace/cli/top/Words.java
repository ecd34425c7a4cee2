package io.millrace.cli.top;

import java.time.Duration;
import java.util.Locale;

/** Numbers as a person reads them. */
final class Words {

  private static final double KILO = 1024;

  private Words() {}

  /** With a digit after the point where that is more than half of it. */
  static String count(double number) {
    return String.format(Locale.ROOT, number < 10 && number % 1 != 0 ? "%.1f" : "%.0f", number);
  }

  static String bytes(double bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    double number = bytes;
    while (number >= KILO && unit < units.length - 1) {
      number /= KILO;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", number, units[unit]);
  }

  /** In its two largest units. */
  static String span(Duration time) {
    if (time.toMinutes() == 0) {
      return time.toSeconds() + " s";
    }
    if (time.toHours() == 0) {
      return time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
    return time.toDays() == 0
        ? time.toHours() + " h " + time.toMinutesPart() + " min"
        : time.toDays() + " d " + time.toHoursPart() + " h";
  }
}
