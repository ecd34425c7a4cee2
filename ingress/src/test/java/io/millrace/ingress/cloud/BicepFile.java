package io.millrace.ingress.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A Bicep file as the ARM template it stands for, in the form of {@link ArmTemplate#normal}. Knows
 * the part of the language that the shipped files use and refuses anything else; Bicep's own
 * compiler is not to be had from the package registries this project builds from.
 */
final class BicepFile {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** A declared resource: its type, and its name with those of its parents before it. */
  private record Symbol(String type, List<String> names) {

    String id() {
      return "resourceId('%s', %s)".formatted(type, String.join(", ", names));
    }
  }

  private final BicepTokens tokens;
  private final Map<String, Symbol> symbols = new LinkedHashMap<>();
  private final TreeSet<String> used = new TreeSet<>();
  private final ObjectNode parameters = JSON.objectNode();
  private final ArrayNode resources = JSON.arrayNode();
  private final ObjectNode outputs = JSON.objectNode();

  private BicepFile(String text) {
    tokens = new BicepTokens(text);
  }

  static JsonNode asTemplate(String text) {
    BicepFile file = new BicepFile(text);
    while (!file.tokens.atEnd()) {
      file.statement();
    }
    ObjectNode template = JSON.objectNode();
    template.set("parameters", file.parameters);
    template.set("resources", file.resources);
    template.set("outputs", file.outputs);
    return template;
  }

  private void statement() {
    boolean secure = false;
    if (tokens.takeIf("@")) {
      tokens.take("secure");
      tokens.take("(");
      tokens.take(")");
      secure = true;
    }
    String keyword = tokens.take();
    switch (keyword) {
      case "param" -> param(secure);
      case "resource" -> resource();
      case "output" -> output();
      default -> throw new IllegalArgumentException("Not understood: " + keyword);
    }
  }

  private void param(boolean secure) {
    ObjectNode parameter = parameters.putObject(tokens.take());
    String type = tokens.take();
    parameter.put("type", secure ? "secure" + capital(type) : type);
    if (tokens.takeIf("=")) {
      parameter.set("defaultValue", value());
    }
  }

  private void output() {
    ObjectNode output = outputs.putObject(tokens.take());
    output.put("type", tokens.take());
    tokens.take("=");
    output.set("value", value());
  }

  private void resource() {
    String symbol = tokens.take();
    String[] type = unquoted(tokens.take()).split("@", -1);
    tokens.take("=");
    used.clear();
    ObjectNode body = (ObjectNode) value();
    List<String> names = new ArrayList<>();
    if (body.has("parent")) {
      Symbol parent = declared(expression(body.remove("parent")));
      names.addAll(parent.names());
      used.add(parent.id());
    }
    names.add(expression(body.get("name")));
    symbols.put(symbol, new Symbol(type[0], names));
    ObjectNode resource = resources.addObject();
    resource.put("type", type[0]);
    resource.put("apiVersion", type[1]);
    resource.set("name", names.size() == 1 ? body.get("name") : JSON.textNode(joined(names)));
    body.remove(List.of("name", "dependsOn"));
    resource.setAll(body);
    if (!used.isEmpty()) {
      ArrayNode dependsOn = resource.putArray("dependsOn");
      used.forEach(id -> dependsOn.add("[" + id + "]"));
    }
  }

  private static String joined(List<String> names) {
    StringBuilder pattern = new StringBuilder("{0}");
    for (int part = 1; part < names.size(); part++) {
      pattern.append("/{").append(part).append('}');
    }
    return "[format('%s', %s)]".formatted(pattern, String.join(", ", names));
  }

  /** An object, an array or a literal; anything else is a text in brackets, as in ARM. */
  private JsonNode value() {
    String token = tokens.peek();
    if (token.equals("{")) {
      return object();
    }
    if (token.equals("[")) {
      return array();
    }
    tokens.take();
    if (token.matches("\\d+")) {
      return JSON.numberNode(Integer.parseInt(token));
    }
    if (token.equals("true") || token.equals("false")) {
      return JSON.booleanNode(Boolean.parseBoolean(token));
    }
    return token.startsWith("'") ? string(token) : JSON.textNode("[" + reference(token) + "]");
  }

  private ObjectNode object() {
    ObjectNode object = JSON.objectNode();
    tokens.take("{");
    while (!tokens.takeIf("}")) {
      String key = tokens.take();
      tokens.take(":");
      object.set(key.startsWith("'") ? string(key).asText() : key, value());
    }
    return object;
  }

  private ArrayNode array() {
    ArrayNode array = JSON.arrayNode();
    tokens.take("[");
    while (!tokens.takeIf("]")) {
      JsonNode element = value();
      symbolIn(element);
      array.add(element);
    }
    return array;
  }

  /** The name of a resource as an element of an array: the one in dependsOn. */
  private void symbolIn(JsonNode element) {
    Symbol symbol = symbols.get(expression(element));
    if (symbol != null) {
      used.add(symbol.id());
    }
  }

  private static JsonNode string(String token) {
    String text = unquoted(token);
    int from = text.indexOf("${");
    if (from < 0) {
      return JSON.textNode(text);
    }
    int to = text.indexOf('}', from);
    String pattern = text.substring(0, from) + "{0}" + text.substring(to + 1);
    return JSON.textNode("[format('%s', %s)]".formatted(pattern, text.substring(from + 2, to)));
  }

  private String reference(String name) {
    StringBuilder text = new StringBuilder(name);
    if (tokens.takeIf("(")) {
      List<String> arguments = new ArrayList<>();
      while (!tokens.takeIf(")")) {
        arguments.add(expression(value()));
        tokens.takeIf(",");
      }
      text.append('(').append(String.join(", ", arguments)).append(')');
    }
    List<String> path = new ArrayList<>();
    while (tokens.takeIf(".")) {
      path.add(tokens.take());
    }
    if (symbols.containsKey(name) && !path.isEmpty()) {
      return ofResource(declared(name), path);
    }
    path.forEach(part -> text.append('.').append(part));
    return text.toString();
  }

  private String ofResource(Symbol symbol, List<String> path) {
    used.add(symbol.id());
    return path.get(0).equals("id")
        ? symbol.id()
        : "reference(%s).%s".formatted(symbol.id(), path.get(path.size() - 1));
  }

  private Symbol declared(String name) {
    Symbol symbol = symbols.get(name);
    if (symbol == null) {
      throw new IllegalArgumentException("No resource " + name + " before its use");
    }
    return symbol;
  }

  /** A value inside an expression. */
  private static String expression(JsonNode value) {
    if (value.isTextual()) {
      String text = value.asText();
      return text.startsWith("[") ? text.substring(1, text.length() - 1) : "'" + text + "'";
    }
    if (value.isObject()) {
      List<String> parts = new ArrayList<>();
      value
          .properties()
          .forEach(
              entry ->
                  parts.add("'%s', %s".formatted(entry.getKey(), expression(entry.getValue()))));
      return "createObject(" + String.join(", ", parts) + ")";
    }
    return value.toString();
  }

  private static String unquoted(String token) {
    return token.substring(1, token.length() - 1);
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
