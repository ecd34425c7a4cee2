package io.millrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** Kubernetes resources of one rendering. */
record Manifests(List<JsonNode> resources) {

  static Manifests parse(String yaml) {
    return new Manifests(Yaml.documents(yaml));
  }

  List<JsonNode> ofKind(String kind) {
    return resources.stream()
        .filter(resource -> kind.equals(resource.path("kind").asText()))
        .toList();
  }

  /** The only one of its kind. */
  JsonNode only(String kind) {
    List<JsonNode> found = ofKind(kind);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " resources of kind " + kind + " instead of one");
    }
    return found.get(0);
  }

  /** The one whose name ends so. */
  JsonNode named(String kind, String suffix) {
    return ofKind(kind).stream()
        .filter(resource -> resource.at("/metadata/name").asText().endsWith(suffix))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No " + kind + " with a name ending in " + suffix));
  }

  /** What runs: of Deployments, StatefulSets and pods on their own. */
  List<JsonNode> pods() {
    return resources.stream()
        .flatMap(
            resource ->
                switch (resource.path("kind").asText()) {
                  case "Deployment", "StatefulSet" -> Stream.of(resource.at("/spec/template/spec"));
                  case "Pod" -> Stream.of(resource.path("spec"));
                  default -> Stream.of();
                })
        .toList();
  }

  JsonNode podOf(String deploymentSuffix) {
    return named("Deployment", deploymentSuffix).at("/spec/template/spec");
  }
}
