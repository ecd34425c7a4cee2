package io.millrace.ingress.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a Bicep file. Line ends are left out: in the part of the language that is used here
 * nothing depends on them.
 */
final class BicepTokens {

  private static final Pattern TOKEN =
      Pattern.compile("//[^\\n]*|'(?:[^'\\\\]|\\\\.)*'|\\d+|[A-Za-z_]\\w*|[{}\\[\\]():,.=@]|\\s+");

  private final List<String> tokens = new ArrayList<>();
  private int next;

  BicepTokens(String text) {
    Matcher found = TOKEN.matcher(text);
    for (int at = 0; at < text.length(); at = found.end()) {
      if (!found.find(at) || found.start() != at) {
        throw new IllegalArgumentException(
            "Not understood: " + text.substring(at, Math.min(text.length(), at + 40)));
      }
      String token = found.group();
      if (!token.isBlank() && !token.startsWith("//")) {
        tokens.add(token);
      }
    }
  }

  boolean atEnd() {
    return next == tokens.size();
  }

  String peek() {
    return atEnd() ? "" : tokens.get(next);
  }

  String take() {
    if (atEnd()) {
      throw new IllegalArgumentException("The file ends in the middle of something");
    }
    return tokens.get(next++);
  }

  void take(String expected) {
    String token = take();
    if (!token.equals(expected)) {
      throw new IllegalArgumentException(
          "%s where %s belongs, after %s"
              .formatted(token, expected, tokens.subList(Math.max(0, next - 6), next - 1)));
    }
  }

  /** Takes it if it is the next one. */
  boolean takeIf(String wanted) {
    if (!peek().equals(wanted)) {
      return false;
    }
    next++;
    return true;
  }
}
