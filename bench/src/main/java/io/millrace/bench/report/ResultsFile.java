package io.millrace.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of all results: one section per scenario, each written by its scenario. */
public final class ResultsFile {

  private static final String TITLE =
      "# Results\n\nWritten by `bench/run`; how it is measured, and why it is fair: README.md.\n\n";

  private ResultsFile() {}

  /** Puts the section in the place of the one with the same heading, or at the end. */
  public static void replaceSection(Path file, String section) throws IOException {
    String page = Files.exists(file) ? Files.readString(file) : TITLE;
    String heading = section.lines().findFirst().orElseThrow();
    Pattern old =
        Pattern.compile(
            "^" + Pattern.quote(heading) + "$.*?(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL);
    Matcher found = old.matcher(page);
    String result =
        found.find()
            ? page.substring(0, found.start()) + section + page.substring(found.end())
            : page + section;
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, result);
  }
}
