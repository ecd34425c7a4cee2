package io.millrace.cli.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.kafka.embedded.LoopbackPort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace kafka} as a process of its own. */
@Timeout(300)
class KafkaIT {

  /** More than an end takes on a busy machine. */
  private static final int END_S = 60;

  @TempDir Path directory;

  private final int port = LoopbackPort.free();
  private final int outside = LoopbackPort.free();

  @Test
  void tellsEachClientTheAddressItCanReach() throws Exception {
    // Given
    Process kafka = start("--advertise=localhost:" + outside, "--listen=" + outside);
    try {
      // When
      String toThoseHere = toldAt("127.0.0.1:" + port);
      String toTheOthers = toldAt("127.0.0.1:" + outside);

      // Then
      assertEquals("127.0.0.1:" + port, toThoseHere);
      assertEquals("localhost:" + outside, toTheOthers);
    } finally {
      end(kafka);
    }
  }

  @Test
  void makesTheTopicsAndKeepsThemAndEndsAtSigterm() throws Exception {
    // Given
    String data = "--data=" + directory.resolve("data");
    Process first = start(data, "--topic=orders", "--control-topic=words");
    end(first);

    // When
    Process second = start(data, "--topic=chats", "--control-topic=words");
    try {

      // Then
      try (Admin admin = admin("127.0.0.1:" + port)) {
        assertEquals(Set.of("orders", "chats", "words"), admin.listTopics().names().get());
      }
    } finally {
      assertEquals(143, end(second), "ended by the signal");
    }
  }

  private Process start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                Path.of("target", "millrace-cli.jar").toAbsolutePath().toString(),
                "kafka",
                "--port=" + port));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command).redirectError(directory.resolve("log").toFile()).start();
    // Said once the topics are there.
    String said = String.valueOf(process.inputReader().readLine());
    assertTrue(said.startsWith("Kafka is at 127.0.0.1:" + port), said);
    return process;
  }

  private static String toldAt(String bootstrap) throws ExecutionException, InterruptedException {
    try (Admin admin = admin(bootstrap)) {
      var node = admin.describeCluster().nodes().get().iterator().next();
      return node.host() + ":" + node.port();
    }
  }

  private static Admin admin(String bootstrap) {
    return Admin.create(Map.of("bootstrap.servers", bootstrap));
  }

  private static int end(Process process) throws InterruptedException {
    process.destroy();
    assertTrue(process.waitFor(END_S, TimeUnit.SECONDS), "ended");
    return process.exitValue();
  }
}
