package io.millrace.ingress.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks and arguments of a Terraform file. Literals, lists and objects are taken apart; any
 * other expression is kept as one text in <code>${…}</code>.
 */
final class HclFile {

  /**
   * A block.
   *
   * @param arguments by name
   */
  record Block(
      String type, List<String> labels, Map<String, JsonNode> arguments, List<Block> blocks) {

    /** The only resource of a type. */
    Block resource(String resourceType) {
      return blocks.stream()
          .filter(block -> block.type().equals("resource"))
          .filter(block -> block.labels().get(0).equals(resourceType))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("No " + resourceType));
    }

    /** The first block of a type in this one. */
    Block block(String wanted) {
      return blocks.stream()
          .filter(block -> block.type().equals(wanted))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("No block " + wanted));
    }
  }

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern TOKEN =
      Pattern.compile(
          "#[^\\n]*|\"(?:[^\"\\\\]|\\\\.)*\"|\\d+|[A-Za-z_][\\w-]*|=>|[{}\\[\\]():,.=]|\\n|[ \\t]+");

  private final List<String> tokens = new ArrayList<>();
  private int next;

  private HclFile(String text) {
    Matcher found = TOKEN.matcher(text);
    for (int at = 0; at < text.length(); at = found.end()) {
      if (!found.find(at) || found.start() != at) {
        throw new IllegalArgumentException(
            "Not understood: " + text.substring(at, Math.min(text.length(), at + 40)));
      }
      String token = found.group();
      if (!token.startsWith("#") && !token.startsWith(" ") && !token.startsWith("\t")) {
        tokens.add(token);
      }
    }
  }

  /** The file as a block without a name. */
  static Block parse(String text) {
    HclFile file = new HclFile(text);
    return file.body("", List.of(), "");
  }

  private Block body(String type, List<String> labels, String end) {
    Block block = new Block(type, labels, new LinkedHashMap<>(), new ArrayList<>());
    for (skipLines(); !peek().equals(end); skipLines()) {
      String name = take();
      if (peek().equals("=")) {
        take();
        block.arguments().put(name, value());
      } else {
        List<String> names = new ArrayList<>();
        while (!peek().equals("{")) {
          names.add(unquoted(take()));
        }
        take();
        block.blocks().add(body(name, names, "}"));
        take();
      }
    }
    return block;
  }

  private JsonNode value() {
    String token = peek();
    if (token.equals("[")) {
      return list();
    }
    if (token.equals("{") && !tokens.get(next + 1).equals("for")) {
      return object();
    }
    String text = expression();
    if (text.matches("\\d+")) {
      return JSON.numberNode(Integer.parseInt(text));
    }
    if (text.equals("true") || text.equals("false")) {
      return JSON.booleanNode(Boolean.parseBoolean(text));
    }
    return JSON.textNode(
        text.matches("\"[^\"]*(\\\\.[^\"]*)*\"") ? unquoted(text) : "${" + text + "}");
  }

  private ArrayNode list() {
    ArrayNode list = JSON.arrayNode();
    take();
    for (skipSeparators(); !peek().equals("]"); skipSeparators()) {
      list.add(value());
    }
    take();
    return list;
  }

  private ObjectNode object() {
    ObjectNode object = JSON.objectNode();
    take();
    for (skipSeparators(); !peek().equals("}"); skipSeparators()) {
      String key = unquoted(take());
      if (!take().equals("=")) {
        throw new IllegalArgumentException("No value for " + key);
      }
      object.set(key, value());
    }
    take();
    return object;
  }

  /** Up to the end of the line, or of the list or object around it. */
  private String expression() {
    StringBuilder text = new StringBuilder();
    for (int depth = 0; depth > 0 || !endsExpression(peek()); ) {
      String token = take();
      depth += "([{".contains(token) ? 1 : ")]}".contains(token) ? -1 : 0;
      text.append(token.equals("\n") ? " " : token);
    }
    return text.toString();
  }

  private static boolean endsExpression(String token) {
    return List.of("\n", ",", "]", "}", "").contains(token);
  }

  private void skipLines() {
    while (peek().equals("\n")) {
      take();
    }
  }

  private void skipSeparators() {
    while (peek().equals("\n") || peek().equals(",")) {
      take();
    }
  }

  private String peek() {
    return next == tokens.size() ? "" : tokens.get(next);
  }

  private String take() {
    if (next == tokens.size()) {
      throw new IllegalArgumentException("The file ends in the middle of a block");
    }
    return tokens.get(next++);
  }

  private static String unquoted(String token) {
    return token.startsWith("\"")
        ? token.substring(1, token.length() - 1).replace("\\\"", "\"")
        : token;
  }
}
