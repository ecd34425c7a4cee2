package io.millrace.ingress.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Microsoft publishes of its own interfaces: the models of the npm packages named in {@code
 * azure-models.json}, cut down to the types that the shipped templates reach.
 */
final class AzureModels {

  /** Of every resource, whatever it is; the rest is the model's. */
  private static final Set<String> COMMON =
      Set.of("type", "apiVersion", "name", "location", "dependsOn", "kind");

  /** {@code sites/config} is a free map of strings; its names are not in any model. */
  private static final String FREE_MAP = "Microsoft.Web/sites/config";

  private final JsonNode packages;
  private final List<String> faults = new ArrayList<>();

  private AzureModels(JsonNode packages) {
    this.packages = packages;
  }

  /** What of a template the models do not know, each with its place; nothing if all is well. */
  static List<String> faults(JsonNode template) throws IOException {
    try (InputStream in = AzureModels.class.getResourceAsStream("/azure-models.json")) {
      AzureModels models =
          new AzureModels(ArmTemplate.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
      template.path("resources").forEach(models::resource);
      return models.faults;
    }
  }

  private void resource(JsonNode resource) {
    String type = resource.path("type").asText();
    if (type.equals(FREE_MAP)) {
      return;
    }
    for (JsonNode published : packages) {
      JsonNode model = published.path("resources").path(type);
      if (!model.isMissingNode()) {
        for (Map.Entry<String, JsonNode> entry : resource.properties()) {
          if (!COMMON.contains(entry.getKey())) {
            property(published, model.asText(), entry, type);
          }
        }
        return;
      }
    }
    faults.add(type + ": no such resource");
  }

  /** The models have the content of {@code properties} beside the rest. */
  private void object(JsonNode published, String model, JsonNode object, String place) {
    if (!object.isObject()) {
      faults.add(place + ": not an object");
    }
    object.properties().forEach(entry -> property(published, model, entry, place));
  }

  private void property(
      JsonNode published, String model, Map.Entry<String, JsonNode> entry, String place) {
    String name = entry.getKey();
    String here = place + "." + name;
    if (name.equals("properties")) {
      object(published, model, entry.getValue(), here);
      return;
    }
    JsonNode type = published.path("types").path(model).path(name);
    if (type.isMissingNode()) {
      faults.add(here + ": " + model + " has no such property");
    } else if (type.asText().endsWith("[]")) {
      String element = type.asText().replace("[]", "");
      if (!entry.getValue().isArray()) {
        faults.add(here + ": not an array");
      }
      entry.getValue().forEach(value -> value(published, element, value, here));
    } else {
      value(published, type.asText(), entry.getValue(), here);
    }
  }

  private void value(JsonNode published, String type, JsonNode value, String here) {
    JsonNode known = published.path("enums").path(type);
    if (known.isArray()) {
      oneOf(known, value, here);
      return;
    }
    boolean right =
        switch (type) {
          case "any" -> true;
          case "string" -> value.isTextual();
          case "number" -> value.isNumber() || isExpression(value);
          case "boolean" -> value.isBoolean() || isExpression(value);
          default -> value.isObject();
        };
    if (!right) {
      faults.add(here + ": " + value + " is no " + type);
    } else if (value.isObject() && !type.equals("any")) {
      object(published, type, value, here);
    }
  }

  private void oneOf(JsonNode known, JsonNode value, String here) {
    boolean found = isExpression(value);
    for (JsonNode one : known) {
      found |= one.equals(value);
    }
    if (!found) {
      faults.add(here + ": " + value + " is none of " + known);
    }
  }

  private static boolean isExpression(JsonNode value) {
    return value.isTextual() && value.asText().startsWith("[");
  }
}
