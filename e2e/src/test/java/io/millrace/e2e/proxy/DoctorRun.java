package io.millrace.e2e.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.e2e.Repository;
import io.millrace.e2e.Requires;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** What {@code millrace doctor} said of a chain, as it was built and as a user would run it. */
record DoctorRun(int status, JsonNode report) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static DoctorRun of(URI uri, String token) throws IOException, InterruptedException {
    Path jar =
        Requires.file(
            Repository.path("cli/target/millrace-cli.jar"), "the packaged millrace command");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-Djavax.net.ssl.trustStore=" + TestCertificate.trustStore(),
            "-Djavax.net.ssl.trustStorePassword=changeit",
            "-jar",
            jar.toString(),
            "doctor",
            "--json",
            uri.toString());
    builder.environment().put("MILLRACE_TOKEN", token);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try (InputStream said = process.getInputStream()) {
      JsonNode report = JSON.readTree(said);
      return new DoctorRun(process.waitFor(), report);
    }
  }

  /** The names of what is wrong; a note is nothing wrong. */
  Set<String> faults() {
    Set<String> names = new TreeSet<>();
    StreamSupport.stream(report.path("findings").spliterator(), false)
        .filter(finding -> !"note".equals(finding.path("severity").asText()))
        .forEach(finding -> names.add(finding.path("name").asText()));
    return names;
  }
}
