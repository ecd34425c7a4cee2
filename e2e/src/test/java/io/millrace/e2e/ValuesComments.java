package io.millrace.e2e;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The values of values.yaml with their {@code # --} comments, and the table of the README of them.
 */
final class ValuesComments {

  private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z]+):.*");

  /** Text that YAML takes for nothing else. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9./_-]*|\\d+[A-Za-z]+");

  private static final Set<String> WHOLE = Set.of("resources", "labels");

  private ValuesComments() {}

  /** Comment of each value in the order of the file, by its path, such as {@code tail.maxBytes}. */
  static Map<String, String> read(String valuesYaml) {
    Map<String, String> comments = new LinkedHashMap<>();
    Deque<String> path = new ArrayDeque<>();
    String comment = "";
    for (String line : valuesYaml.split("\n")) {
      Matcher key = KEY.matcher(line);
      if (line.strip().startsWith("# -- ")) {
        comment = line.strip().substring(5);
      } else if (!comment.isEmpty() && line.strip().startsWith("# ")) {
        comment += line.strip().substring(1);
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

  /** All values by path; what is under {@code resources} or {@code labels} is one value. */
  static Map<String, Object> leaves(Map<String, Object> values) {
    Map<String, Object> leaves = new TreeMap<>();
    collect("", values, leaves);
    return leaves;
  }

  private static void collect(String prefix, Map<?, ?> values, Map<String, Object> leaves) {
    values.forEach(
        (key, value) -> {
          String path = prefix + key;
          if (value instanceof Map<?, ?> map && !map.isEmpty() && !WHOLE.contains(key)) {
            collect(path + ".", map, leaves);
          } else {
            leaves.put(path, value);
          }
        });
  }

  /** The rows of the README: one for each value, in the order of the file. */
  static String table(String valuesYaml) {
    Map<String, Object> defaults = leaves(Yaml.map(valuesYaml));
    StringBuilder table = new StringBuilder("| value | default | meaning |\n|---|---|---|\n");
    read(valuesYaml)
        .forEach(
            (path, comment) ->
                table.append(
                    "| `%s` | `%s` | %s |\n"
                        .formatted(path, flow(defaults.get(path)), comment.replace("|", "\\|"))));
    return table.toString();
  }

  /** As one would write it on one line of YAML. */
  private static String flow(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(ValuesComments::flow).collect(Collectors.joining(", ", "[", "]"));
    }
    String text = String.valueOf(value);
    boolean quoted = value instanceof String && !PLAIN.matcher(text).matches();
    return quoted ? '"' + text + '"' : text;
  }
}
