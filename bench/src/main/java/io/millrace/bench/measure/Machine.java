package io.millrace.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What this machine is, for a report's reader. */
public final class Machine {

  private Machine() {}

  /** Processor, cores, kernel, JVM and the load before the run, each a line. */
  public static List<String> describe() throws IOException {
    return List.of(
        "%s, %d cores".formatted(processor(), Runtime.getRuntime().availableProcessors()),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        "load average before the run: "
            + Files.readString(Path.of("/proc/loadavg")).split(" ")[0]
            + " (the quieter, the truer)");
  }

  private static String processor() throws IOException {
    return Files.readString(Path.of("/proc/cpuinfo"))
        .lines()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 2))
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  /** What a program prints, first line; "unknown" when it fails or is absent. */
  public static String firstLineOf(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean done = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
      return done ? output.lines().findFirst().orElse("unknown") : "unknown";
    } catch (IOException absent) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
