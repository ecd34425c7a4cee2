package io.millrace.e2e;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code millrace conformance} said, in TAP. */
record ConformanceRun(int status, String report) {

  private static final Pattern VERDICT =
      Pattern.compile("(?m)^(ok|not ok) \\d+ - ([\\w.-]+): .*?( # SKIP .*)?$");

  /** Runs the command as it was built. */
  static ConformanceRun of(URI uri, String token, String... options)
      throws IOException, InterruptedException {
    Path jar =
        Requires.file(
            Repository.path("cli/target/millrace-cli.jar"), "the packaged millrace command");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-jar", jar.toString(), "conformance", uri.toString()));
    command.add("--token=" + token);
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new ConformanceRun(process.waitFor(), report);
  }

  Set<String> passed() {
    return ids("ok", false);
  }

  Set<String> failed() {
    return ids("not ok", false);
  }

  Set<String> skipped() {
    return ids("ok", true);
  }

  private Set<String> ids(String verdict, boolean skipped) {
    return VERDICT
        .matcher(report)
        .results()
        .filter(line -> line.group(1).equals(verdict) && (line.group(3) != null) == skipped)
        .map(line -> line.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** How many checks it said there would be. */
  int planned() {
    Matcher plan = Pattern.compile("(?m)^1\\.\\.(\\d+)$").matcher(report);
    if (!plan.find()) {
      throw new AssertionError("no plan in: " + report);
    }
    return Integer.parseInt(plan.group(1));
  }
}
