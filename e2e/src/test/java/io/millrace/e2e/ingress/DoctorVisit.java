package io.millrace.e2e.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.e2e.Repository;
import io.millrace.e2e.Requires;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** What {@code millrace doctor} said of a route, run as a user would. */
record DoctorVisit(int status, JsonNode report) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param folder for the file that says that the route's host is this machine
   */
  static DoctorVisit of(Routes routes, String token, Path folder)
      throws IOException, InterruptedException {
    Path jar =
        Requires.file(
            Repository.path("cli/target/millrace-cli.jar"), "the packaged millrace command");
    Path hosts = Files.createTempFile(folder, "hosts", "");
    Files.writeString(hosts, "127.0.0.1 " + routes.host() + "\n127.0.0.1 localhost\n");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-Djdk.net.hosts.file=" + hosts,
            "-jar",
            jar.toString(),
            "doctor",
            "--json",
            routes.named("/api/notifications").toString());
    builder.environment().put("MILLRACE_TOKEN", token);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try (InputStream said = process.getInputStream()) {
      JsonNode report = JSON.readTree(said);
      return new DoctorVisit(process.waitFor(), report);
    }
  }

  /** The names of what is wrong; a note is nothing wrong. */
  Set<String> faults() {
    Set<String> names = new TreeSet<>();
    for (JsonNode finding : report.path("findings")) {
      if (!"note".equals(finding.path("severity").asText())) {
        names.add(finding.path("name").asText());
      }
    }
    return names;
  }
}
