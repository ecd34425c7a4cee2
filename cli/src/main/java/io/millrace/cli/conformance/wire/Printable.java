package io.millrace.cli.conformance.wire;

/** Text of a stranger, fit for a terminal and for XML: bounded, one line, nothing that steers. */
public final class Printable {

  /** The start of an error page is enough to recognise it. */
  private static final int MAX_LENGTH = 200;

  private Printable() {}

  /** The text in quotes. */
  public static String quoted(String text) {
    return '"' + of(text) + '"';
  }

  public static String of(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MAX_LENGTH)
        .forEach(
            c -> {
              if (isSafe(c)) {
                shown.appendCodePoint(c);
              } else {
                shown.append(escaped(c));
              }
            });
    return text.codePointCount(0, text.length()) > MAX_LENGTH
        ? shown.append('…').toString()
        : shown.toString();
  }

  private static boolean isSafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String escaped(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u{" + Integer.toHexString(c) + "}";
    };
  }
}
