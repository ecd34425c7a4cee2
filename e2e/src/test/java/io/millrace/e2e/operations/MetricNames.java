package io.millrace.e2e.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.millrace.e2e.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the dashboard, the alerts and the docs ask of Prometheus. */
final class MetricNames {

  private static final Path ALERTS = Repository.path("helm/millrace/files/alerts.yaml");
  private static final Path DASHBOARD = Repository.path("helm/millrace/files/dashboard.json");
  private static final Pattern NAME =
      Pattern.compile("\\b(?:millrace|jvm|process)_[a-z_]+[a-z]\\b");

  /** Names in the docs that are none: headers, claims, files. */
  private static final Pattern IN_DOCS = Pattern.compile("`(millrace_[a-z_]+[a-z])(?:\\{[^`]*)?`");

  private MetricNames() {}

  static Path alerts() {
    return ALERTS;
  }

  private static JsonNode read(ObjectMapper mapper, Path file) {
    try {
      return mapper.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Queries of the alerts. */
  static List<String> ofAlerts() {
    JsonNode rules = read(new ObjectMapper(new YAMLFactory()), ALERTS).findPath("rules");
    return Stream.iterate(0, i -> i < rules.size(), i -> i + 1)
        .map(i -> rules.get(i).path("expr").asText())
        .toList();
  }

  /** Queries of the dashboard, its variables replaced by what they are for everything. */
  static List<String> ofDashboard() {
    return read(new ObjectMapper(), DASHBOARD).findValuesAsText("expr").stream()
        .map(expr -> expr.replace("$job", ".*").replace("$instance", ".*"))
        .map(expr -> expr.replace("$__rate_interval", "1m"))
        .toList();
  }

  /** Names of metrics in queries. */
  static Set<String> in(List<String> queries) {
    Set<String> names = new TreeSet<>();
    queries.forEach(query -> addAll(names, NAME.matcher(query), 0));
    return names;
  }

  /** Names of metrics in the docs. */
  static Set<String> inDocs() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Repository.path("docs"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".md")).toList()) {
        addAll(names, IN_DOCS.matcher(Files.readString(file)), 1);
      }
    }
    return names;
  }

  private static void addAll(Set<String> names, Matcher matcher, int group) {
    while (matcher.find()) {
      names.add(matcher.group(group));
    }
  }
}
