package io.millrace.ingress.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.ingress.cloud.HclFile.Block;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the Terraform providers named in {@code terraform-schema.json} say of their resources: the
 * answer of {@code terraform providers schema -json}, cut down to the resources and nested blocks
 * that the shipped files use.
 */
final class ProviderSchema {

  /** Of every resource, whoever provides it. */
  private static final Set<String> META = Set.of("for_each", "count", "depends_on", "provider");

  private final JsonNode resources;
  private final List<String> faults = new ArrayList<>();

  private ProviderSchema(JsonNode resources) {
    this.resources = resources;
  }

  /** What of a file the providers do not know, or miss; nothing if all is well. */
  static List<String> faults(Block file) throws IOException {
    try (InputStream in = ProviderSchema.class.getResourceAsStream("/terraform-schema.json")) {
      JsonNode frozen = ArmTemplate.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      ProviderSchema schema = new ProviderSchema(frozen.path("resources"));
      file.blocks().stream()
          .filter(block -> block.type().equals("resource"))
          .forEach(schema::resource);
      return schema.faults;
    }
  }

  private void resource(Block resource) {
    String type = resource.labels().get(0);
    if (!resources.has(type)) {
      faults.add("No resource " + type);
      return;
    }
    block(resource, resources.path(type), type);
  }

  private void block(Block block, JsonNode schema, String place) {
    arguments(block.arguments(), schema.path("attributes"), place);
    JsonNode nested = schema.path("block_types");
    for (Block child : block.blocks()) {
      if (nested.has(child.type())) {
        block(child, nested.path(child.type()).path("block"), place + "." + child.type());
      } else {
        faults.add(place + ": no block " + child.type());
      }
    }
    nested
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().path("min_items").asInt() > 0
                  && block.blocks().stream().noneMatch(b -> b.type().equals(entry.getKey()))) {
                faults.add(place + ": needs a block " + entry.getKey());
              }
            });
  }

  private void arguments(Map<String, JsonNode> arguments, JsonNode schema, String place) {
    arguments.forEach(
        (name, value) -> {
          if (schema.has(name)) {
            argument(value, schema.path(name), place + "." + name);
          } else if (!META.contains(name)) {
            faults.add(place + ": no argument " + name);
          }
        });
    schema
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().path("required").asBoolean()
                  && !arguments.containsKey(entry.getKey())) {
                faults.add(place + ": needs " + entry.getKey());
              }
            });
  }

  private void argument(JsonNode value, JsonNode schema, String here) {
    if (!schema.path("required").asBoolean() && !schema.path("optional").asBoolean()) {
      faults.add(here + ": can't be set");
    }
    JsonNode nested = schema.path("nested_type").path("attributes");
    if (nested.isMissingNode()) {
      literal(value, schema.path("type"), here);
    } else if (value.isArray()) {
      value.forEach(element -> arguments(entries(element), nested, here));
    } else {
      arguments(entries(value), nested, here);
    }
  }

  private void literal(JsonNode value, JsonNode type, String here) {
    if (value.isTextual() && value.asText().contains("${")) {
      return;
    }
    boolean right =
        switch (type.isTextual() ? type.asText() : type.path(0).asText()) {
          case "string" -> value.isTextual();
          case "number" -> value.isNumber();
          case "bool" -> value.isBoolean();
          case "list", "set" -> value.isArray();
          default -> value.isObject();
        };
    if (!right) {
      faults.add(here + ": " + value + " is no " + type);
    }
  }

  private static Map<String, JsonNode> entries(JsonNode object) {
    Map<String, JsonNode> entries = new LinkedHashMap<>();
    object.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    return entries;
  }
}
