package io.millrace.bench.report;

import io.millrace.bench.measure.Machine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A scenario's part of the results page.
 *
 * @param title of the scenario: the section of the same title is replaced
 * @param basis how the figures came about, in half a sentence
 * @param command that makes it again
 * @param environment machine and versions, a line each
 * @param parts tables and paragraphs; empty ones are left out
 */
public record Section(
    String title, String basis, String command, List<String> environment, List<String> parts) {

  public String markdown() {
    List<String> blocks = new ArrayList<>();
    blocks.add("## " + title);
    blocks.add(
        Instant.now().truncatedTo(ChronoUnit.MINUTES)
            + ", commit "
            + Machine.firstLineOf("git", "rev-parse", "--short", "HEAD")
            + "; "
            + basis
            + ".");
    blocks.add("```\n" + command + "\n```");
    blocks.add(list(environment));
    parts.stream().filter(part -> !part.isEmpty()).forEach(blocks::add);
    return String.join("\n\n", blocks) + "\n\n";
  }

  public static String list(List<String> lines) {
    return lines.stream().map(line -> "- " + line).collect(Collectors.joining("\n"));
  }
}
