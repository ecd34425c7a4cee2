package io.millrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What {@code millrace doctor} said of a chain, as it was built and as a user runs it. */
public record DoctorVisit(int status, JsonNode report) {

  private static final int UNAVAILABLE = 15;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of the JVM, for a short command. */
  private static final List<String> AS_THE_SCRIPT_DOES =
      List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  /**
   * Waits for the diagnosis.
   *
   * @param java options of its JVM, such as whom to trust
   * @param arguments of the command: the address, and what else a user would say
   */
  public static DoctorVisit of(String token, List<String> java, List<String> arguments)
      throws IOException, InterruptedException {
    Path jar =
        Requires.file(
            Repository.path("cli/target/millrace-cli.jar"), "the packaged millrace command");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(AS_THE_SCRIPT_DOES);
    command.addAll(java);
    command.addAll(List.of("-jar", jar.toString(), "doctor", "--json"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("MILLRACE_TOKEN", token);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try (InputStream said = process.getInputStream()) {
      JsonNode report = JSON.readTree(said);
      return new DoctorVisit(process.waitFor(), report);
    }
  }

  /**
   * The names of what is wrong, or of what kept it from looking; a note is nothing wrong. With
   * {@code unavailable} it found nothing, but could not see all.
   */
  public Set<String> faults() {
    Set<String> names = new TreeSet<>();
    for (JsonNode finding : report.path("findings")) {
      if (!"note".equals(finding.path("severity").asText())) {
        names.add(finding.path("name").asText());
      }
    }
    if (report.has("obstacle")) {
      names.add(report.at("/obstacle/name").asText());
    } else if (status == UNAVAILABLE) {
      names.add("unavailable");
    }
    return names;
  }
}
