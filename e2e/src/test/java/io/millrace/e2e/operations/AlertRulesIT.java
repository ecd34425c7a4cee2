package io.millrace.e2e.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.millrace.e2e.Repository;
import io.millrace.e2e.Requires;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The alerts: Prometheus' own checker finds nothing, each fires when it should, has its page. */
class AlertRulesIT {

  private static final Path TESTS = Repository.path("e2e/src/test/resources/alerts-test.yaml");

  private static JsonNode yaml(Path file) throws IOException {
    return new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
  }

  private static void promtool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Requires.program("promtool").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void areRules() throws Exception {
    promtool("check", "rules", "--lint=all", "--lint-fatal", MetricNames.alerts().toString());
  }

  @Test
  void fireWhenTheyShouldAndNotBefore() throws Exception {
    promtool("test", "rules", TESTS.toString());
  }

  @Test
  void eachIsTested() throws Exception {
    List<String> alerts = yaml(MetricNames.alerts()).findValuesAsText("alert");

    assertThat(yaml(TESTS).findValuesAsText("name")).containsAll(alerts);
  }

  @Test
  void eachHasAPageThatNamesIt() throws Exception {
    for (JsonNode rule : yaml(MetricNames.alerts()).findPath("rules")) {
      String page = rule.path("annotations").path("runbook_url").asText();

      assertThat(Repository.text(page)).contains(rule.path("alert").asText());
    }
  }
}
