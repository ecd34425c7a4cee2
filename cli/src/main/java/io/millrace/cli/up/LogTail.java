package io.millrace.cli.up;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds in a log the line that says what went wrong. */
final class LogTail {

  private static final Predicate<String> PROBLEM =
      Pattern.compile("ERROR|Exception|Error:|Caused by").asPredicate();

  private static final int LONGEST = 300;

  private LogTail() {}

  /** The last line that names a problem, else the last line. */
  static String lastProblem(Path log) {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank())
              .toList();
      String found =
          lines.stream()
              .filter(PROBLEM)
              .filter(line -> !line.startsWith("\t"))
              .reduce((first, second) -> second)
              .or(() -> lines.stream().reduce((first, second) -> second))
              .orElse("it wrote nothing");
      return found.length() > LONGEST ? found.substring(0, LONGEST) + " …" : found;
    } catch (IOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
  }
}
