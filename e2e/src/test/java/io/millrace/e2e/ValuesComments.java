package io.millrace.e2e;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code # --} comments of values.yaml, by the path of the value each stands above. */
final class ValuesComments {

  private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z]+):.*");

  private ValuesComments() {}

  static Map<String, String> read(List<String> lines) {
    Map<String, String> comments = new TreeMap<>();
    Deque<String> path = new ArrayDeque<>();
    String comment = "";
    for (String line : lines) {
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

  /** Paths of all values; the quantities under {@code resources} are one value. */
  static List<String> leaves(Map<String, Object> values) {
    List<String> leaves = new ArrayList<>();
    collect("", values, leaves);
    return leaves;
  }

  private static void collect(String prefix, Map<?, ?> values, List<String> leaves) {
    values.forEach(
        (key, value) -> {
          String path = prefix + key;
          if (value instanceof Map<?, ?> map && !map.isEmpty() && !"resources".equals(key)) {
            collect(path + ".", map, leaves);
          } else {
            leaves.add(path);
          }
        });
  }
}
