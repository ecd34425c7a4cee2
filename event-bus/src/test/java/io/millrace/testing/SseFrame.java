package io.millrace.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One frame of a stream.
 *
 * @param raw its characters, the empty line at its end included; heartbeats before it left out
 */
public record SseFrame(String raw) {

  /** The whole frames with data in a body. */
  static List<SseFrame> in(String body) {
    List<SseFrame> frames = new ArrayList<>();
    int start = 0;
    for (int end = body.indexOf("\n\n"); end >= 0; end = body.indexOf("\n\n", start)) {
      String block = body.substring(start, end + 2);
      while (block.startsWith(":")) {
        block = block.substring(block.indexOf('\n') + 1);
      }
      if (block.startsWith("data:") || block.contains("\ndata:")) {
        frames.add(new SseFrame(block));
      }
      start = end + 2;
    }
    return frames;
  }

  public String id() {
    return field("id: ");
  }

  /** Empty when the line is left out. */
  public String event() {
    return field("event: ");
  }

  public String data() {
    return field("data: ");
  }

  private String field(String prefix) {
    return Arrays.stream(raw.split("\n"))
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .collect(Collectors.joining("\n"));
  }
}
