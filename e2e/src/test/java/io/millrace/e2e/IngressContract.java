package io.millrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** {@code ingress/contract.yaml}: the numbers every proxy rule and the chart must agree with. */
record IngressContract(JsonNode root) {

  record Surface(String path, String match, String service) {

    private Surface probe() {
      return new Surface(path + "/probe", match, service);
    }
  }

  static IngressContract read() {
    return new IngressContract(Yaml.tree(Repository.text("ingress/contract.yaml")));
  }

  List<Surface> surfaces() {
    return StreamSupport.stream(root.path("paths").spliterator(), false)
        .map(
            path ->
                new Surface(
                    path.path("path").asText(),
                    path.path("match").asText(),
                    path.path("service").asText()))
        .toList();
  }

  /** What a proxy routes: each surface and its probe. */
  List<Surface> routes() {
    return surfaces().stream().flatMap(surface -> Stream.of(surface, surface.probe())).toList();
  }

  int integer(String key) {
    JsonNode value = root.path(key);
    if (!value.isIntegralNumber()) {
      throw new AssertionError("contract.yaml: " + key + " is not an integer: " + value);
    }
    return value.intValue();
  }

  boolean isOff(String key) {
    JsonNode value = root.path(key);
    if (!value.isBoolean()) {
      throw new AssertionError("contract.yaml: " + key + " is not true or false: " + value);
    }
    return !value.booleanValue();
  }

  String text(String key) {
    return root.path(key).asText();
  }
}
