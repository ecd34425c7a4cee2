package io.millrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** {@code helm/millrace/files/presets.yaml}. */
final class ChartPresets {

  private static final JsonNode FILE =
      Yaml.tree(Repository.text("helm/millrace/files/presets.yaml"));

  private ChartPresets() {}

  /**
   * @param kind {@code ingress} or {@code gateway}
   */
  static Map<String, JsonNode> of(String kind) {
    Map<String, JsonNode> presets = new TreeMap<>();
    FILE.path(kind).properties().forEach(each -> presets.put(each.getKey(), each.getValue()));
    return presets;
  }

  /** Values that choose one of them. */
  static Path values(String kind, String id) {
    String file = id.equals("ingress-nginx") ? "ingress-values" : kind + "-" + id + "-values";
    return Repository.path("helm/millrace/ci/" + file + ".yaml");
  }
}
