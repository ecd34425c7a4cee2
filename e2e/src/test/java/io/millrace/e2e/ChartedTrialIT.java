package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trial of the chart, with processes for its pods: the key it makes, the token, the stream. */
class ChartedTrialIT {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir Path folder;

  private final Manifests trial = Chart.render(Chart.ci("trial"));

  @Test
  void aTokenOfTheTrialsKeyOpensAStream() throws Exception {
    // Given
    Path key = fromSecret("key");
    Path publicKey = fromSecret("public-key");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults())) {
      kafka.createTopic("notifications", 1, Map.of());
      Map<String, String> environment = new HashMap<>();
      trial
          .named("ConfigMap", "-notifications")
          .path("data")
          .properties()
          .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText()));
      environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
      environment.put("MP_JWT_VERIFY_PUBLICKEY_LOCATION", publicKey.toUri().toString());
      environment.put("QUARKUS_SHUTDOWN_DELAY", "0s");

      // When
      String token = millrace("token", "--key=" + key, "--sub=alice");

      // Then
      try (ServiceProcess service =
              ServiceProcess.start("notifications-service", folder, environment);
          SseReader reader =
              SseReader.open(
                  service.uri("/api/notifications"), "Authorization", "Bearer " + token)) {
        reader.awaitLine(": ready");
      }
    }
  }

  @Test
  void theCommandUnderstandsWhatTheBrokersPodIsStartedWith() throws Exception {
    // Given
    JsonNode arguments =
        trial.named("StatefulSet", "-kafka").at("/spec/template/spec/containers/0/args");
    List<String> told =
        StreamSupport.stream(arguments.spliterator(), false).map(JsonNode::asText).toList();

    // When
    String help = millrace(told.get(0), "--help");

    // Then
    assertThat(told.subList(1, told.size()))
        .allSatisfy(
            option -> assertThat(help).contains(option.substring(0, option.indexOf('=') + 1)));
  }

  private Path fromSecret(String name) throws IOException {
    String value = trial.only("Secret").at("/data/" + name).asText();
    return Files.write(folder.resolve(name), Base64.getDecoder().decode(value));
  }

  /** What the command prints; it runs with the JVM of this test. */
  private String millrace(String... arguments) throws IOException, InterruptedException {
    Path jar = Requires.file(Repository.path("cli/target/millrace-cli.jar"), "the packaged cli");
    List<String> command = new ArrayList<>(List.of(JAVA, "-jar", jar.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(folder.resolve("log").toFile()).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
