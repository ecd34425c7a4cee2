package io.millrace.e2e.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One run of {@code millrace agent} on three screens in real Chromiums at the same time: the demo
 * page, a React page with {@code useChat}, and one with TanStack AI.
 */
@Timeout(500)
class ExamplePagesIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern FINISHED = Pattern.compile("finished: .* crc32 ([0-9a-f]+)");

  @TempDir Path folder;
  @TempDir Path state;

  @Test
  void noScreenMissesAnythingThoughPagesAreReloadedAndAReplicaIsKilled() throws Exception {
    // Given
    try (RunningMillrace millrace = RunningMillrace.start(state);
        ExampleSite site = ExampleSite.start(folder.resolve("site"), millrace.gateway());
        DemoBrowser demo = DemoBrowser.open(folder.resolve("1"), localhost(millrace));
        DemoBrowser react = DemoBrowser.open(folder.resolve("2"), localhost(millrace));
        DemoBrowser tanstack = DemoBrowser.open(folder.resolve("3"), localhost(millrace))) {
      BufferedReader agent = agent(millrace);
      demo.awaitText("run-state", "Run r1 started");
      react.load(site.page("vercel-ai", "c1", "r1"));
      tanstack.load(site.page("tanstack-ai", "c1", "r1"));
      awaitSomeText(react);
      awaitSomeText(tanstack);

      // When
      millrace.replicas("ai-events-service").get(0).destroyForcibly();
      react.reload();
      tanstack.reload();
      demo.click("reload");

      // Then
      String expected = checksum(agent);
      demo.awaitText("run-state", "finished");
      react.awaitText("status", "ready");
      tanstack.awaitText("status", "ready");
      assertThat(crc32(demo.allText("#run .message"))).as("demo page").isEqualTo(expected);
      assertThat(crc32(react.allText(".text"))).as("useChat").isEqualTo(expected);
      assertThat(crc32(tanstack.allText(".text"))).as("TanStack AI").isEqualTo(expected);
    }
  }

  /** The name whose cookies the site's pages have, too. */
  private static String localhost(RunningMillrace millrace) {
    return millrace.gateway().replace("127.0.0.1", "localhost");
  }

  private static BufferedReader agent(RunningMillrace millrace) throws IOException {
    Process agent =
        millrace.start(
            "agent",
            "--bootstrap=" + millrace.kafka(),
            "--conversation=c1",
            "--run=r1",
            "--tokens=1500",
            "--rate=25");
    return agent.inputReader(StandardCharsets.UTF_8);
  }

  private static void awaitSomeText(DemoBrowser page) {
    await("text").atMost(PATIENCE).until(() -> page.allText(".text").length() > 50);
  }

  /** Of the text, as the agent says when it has written all of it. */
  private static String checksum(BufferedReader agent) throws IOException {
    for (String line = agent.readLine(); line != null; line = agent.readLine()) {
      Matcher finished = FINISHED.matcher(line);
      if (finished.matches()) {
        return finished.group(1);
      }
    }
    throw new AssertionError("the agent has not finished");
  }

  private static String crc32(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
