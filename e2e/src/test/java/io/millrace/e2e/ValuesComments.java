package io.millrace.e2e;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code # --} comments of values.yaml and the table of the chart's README, by value. */
final class ValuesComments {

  private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z]+):.*");

  private ValuesComments() {}

  /** Comment of each value, by its path, such as {@code tail.maxBytes}. */
  static Map<String, String> read(String valuesYaml) {
    Map<String, String> comments = new TreeMap<>();
    Deque<String> path = new ArrayDeque<>();
    String comment = "";
    for (String line : valuesYaml.split("\n")) {
      Matcher key = KEY.matcher(line);
      if (line.strip().startsWith("# -- ")) {
        comment = line.strip().substring(5);
      } else if (key.matches()) {
        int depth = key.group(1).length() / 2;
        while (path.size() > depth) {
          path.removeLast();
        }
        path.addLast(key.group(2));
        if (!comment.isEmpty()) {
          comments.put(String.join(".", path), comment);
        }
        comment = "";
      }
    }
    return comments;
  }

  /** All values by path; what is under {@code resources} is one value. */
  static Map<String, Object> leaves(Map<String, Object> values) {
    Map<String, Object> leaves = new TreeMap<>();
    collect("", values, leaves);
    return leaves;
  }

  private static void collect(String prefix, Map<?, ?> values, Map<String, Object> leaves) {
    values.forEach(
        (key, value) -> {
          String path = prefix + key;
          if (value instanceof Map<?, ?> map && !map.isEmpty() && !"resources".equals(key)) {
            collect(path + ".", map, leaves);
          } else {
            leaves.put(path, value);
          }
        });
  }

  /** The second column of a value's row. */
  static String readmeDefault(String readme, String value) {
    Matcher row =
        Pattern.compile("(?m)^\\| `" + Pattern.quote(value) + "` \\| `(.*?)` \\| .+ \\|$")
            .matcher(readme);
    if (!row.find()) {
      throw new AssertionError("The chart's README has no row for " + value);
    }
    return row.group(1);
  }
}
