package io.millrace.cli.conformance.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What stands between two blank lines of a stream, line by line. Any line end of the standard is
 * taken, so that a stream with a wrong one is found out by the check for it and not by all others.
 */
public record Frame(List<String> lines) {

  private static final String BOM = "\uFEFF";

  public Frame {
    lines = List.copyOf(lines);
  }

  /** All complete frames of this text. */
  static List<Frame> in(String text) {
    String body = text.startsWith(BOM) ? text.substring(1) : text;
    List<Frame> frames = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    String[] split = body.split("\r\n|\n|\r", -1);
    // What follows the last line end is still to come.
    for (String line : Arrays.copyOf(split, split.length - 1)) {
      if (!line.isEmpty()) {
        lines.add(line);
      } else if (!lines.isEmpty()) {
        frames.add(new Frame(lines));
        lines.clear();
      }
    }
    return frames;
  }

  /** Every value of a field, in order. */
  public List<String> values(String field) {
    return lines.stream()
        .filter(line -> line.equals(field) || line.startsWith(field + ":"))
        .map(line -> line.equals(field) ? "" : valueOf(line.substring(field.length() + 1)))
        .toList();
  }

  private static String valueOf(String rest) {
    return rest.startsWith(" ") ? rest.substring(1) : rest;
  }

  /** Where the first line of a field is; -1 without one. */
  public int indexOf(String field) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals(field) || lines.get(i).startsWith(field + ":")) {
        return i;
      }
    }
    return -1;
  }

  /** The event name a client sees. */
  public String event() {
    List<String> names = values("event");
    String last = names.isEmpty() ? "" : names.get(names.size() - 1);
    return last.isEmpty() ? "message" : last;
  }

  /** The id; empty without one. */
  public String id() {
    List<String> ids = values("id");
    return ids.isEmpty() ? "" : ids.get(ids.size() - 1);
  }

  /** The data a client sees. */
  public String data() {
    return String.join("\n", values("data"));
  }

  /** Whether a client gets an event of it. */
  public boolean isEvent() {
    return indexOf("data") >= 0;
  }

  /** Whether it is the server's own word. */
  public boolean isControl() {
    return event().startsWith("stream.");
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
