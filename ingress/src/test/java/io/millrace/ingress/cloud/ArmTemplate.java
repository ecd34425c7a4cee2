package io.millrace.ingress.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeSet;

/** An ARM template in a form in which two of them can be compared. */
final class ArmTemplate {

  private ArmTemplate() {}

  static JsonNode parse(String text) {
    try {
      return JsonMapper.builder().build().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * Parameters, resources and outputs, with {@code parameters('x')} written as {@code x} and what a
   * resource depends on in the order of the alphabet.
   */
  static JsonNode normal(JsonNode template) {
    ObjectNode normal = JsonNodeFactory.instance.objectNode();
    for (String part : new String[] {"parameters", "resources", "outputs"}) {
      normal.set(part, normalValue(template.path(part)));
    }
    normal.path("resources").forEach(resource -> sortDependencies((ObjectNode) resource));
    return normal;
  }

  private static JsonNode normalValue(JsonNode value) {
    if (value.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      value
          .properties()
          .forEach(entry -> object.set(plain(entry.getKey()), normalValue(entry.getValue())));
      return object;
    }
    if (value.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      value.forEach(element -> array.add(normalValue(element)));
      return array;
    }
    return value.isTextual() ? JsonNodeFactory.instance.textNode(plain(value.asText())) : value;
  }

  private static String plain(String text) {
    return text.startsWith("[") ? text.replaceAll("parameters\\('(\\w+)'\\)", "$1") : text;
  }

  private static void sortDependencies(ObjectNode resource) {
    if (resource.has("dependsOn")) {
      TreeSet<String> sorted = new TreeSet<>();
      resource.path("dependsOn").forEach(id -> sorted.add(id.asText()));
      ArrayNode dependsOn = resource.putArray("dependsOn");
      sorted.forEach(dependsOn::add);
    }
  }
}
