package io.millrace.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The directives of a flat nginx file: name and arguments, comments left out. */
record NginxDirectives(List<Map.Entry<String, String>> lines) {

  private static final Pattern LINE = Pattern.compile("^(\\w+) +([^;]*);$", Pattern.MULTILINE);
  private static final Pattern LOCATION =
      Pattern.compile(
          "location (=?) ?(\\S+) \\{\\s+include sse-proxy\\.conf;\\s+proxy_pass http://millrace_(\\w+);\\s+}");
  private static final Map<String, Integer> UNITS = Map.of("s", 1, "m", 60, "h", 3600, "", 1);

  static NginxDirectives parse(String text) {
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    Matcher line = LINE.matcher(text);
    while (line.find()) {
      lines.add(Map.entry(line.group(1), line.group(2)));
    }
    return new NginxDirectives(List.copyOf(lines));
  }

  static List<IngressContract.Surface> locations(String text) {
    return LOCATION.matcher(text).results().map(NginxDirectives::surface).toList();
  }

  private static IngressContract.Surface surface(MatchResult location) {
    return new IngressContract.Surface(
        location.group(2),
        location.group(1).equals("=") ? "exact" : "prefix",
        location.group(3).replace('_', '-'));
  }

  String only(String directive) {
    List<String> values =
        lines.stream()
            .filter(line -> line.getKey().equals(directive))
            .map(Map.Entry::getValue)
            .toList();
    if (values.size() != 1) {
      throw new AssertionError(directive + " occurs " + values.size() + " times");
    }
    return values.get(0);
  }

  boolean isOff(String directive) {
    return only(directive).equals("off");
  }

  int seconds(String directive) {
    Matcher time = Pattern.compile("(\\d+)([smh]?)").matcher(only(directive));
    if (!time.matches()) {
      throw new AssertionError(directive + " is not a time: " + only(directive));
    }
    return Integer.parseInt(time.group(1)) * UNITS.get(time.group(2));
  }
}
