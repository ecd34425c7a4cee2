package io.millrace.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs from the machine it runs on, beyond a JDK and Maven.
 *
 * <p>Where it is absent the test is reported as skipped, with the reason. With the system property
 * or environment variable {@code MILLRACE_REQUIRE_ALL=true}, as in CI, the test fails instead,
 * unless {@code MILLRACE_ABSENT} names the program.
 */
public final class Requires {

  private static final String REQUIRE_ALL = "MILLRACE_REQUIRE_ALL";

  /** Programs that are known not to be had on this machine; the run says so by itself. */
  private static final Set<String> ABSENT =
      Set.of(Optional.ofNullable(System.getenv("MILLRACE_ABSENT")).orElse("").split(" "));

  /** Where servers live on Debian; not on every user's PATH. */
  private static final List<String> SYSTEM_FOLDERS = List.of("/usr/sbin", "/usr/local/sbin");

  private static final String[] FOLDERS =
      Stream.concat(
              Arrays.stream(
                  Optional.ofNullable(System.getenv("PATH"))
                      .orElse("/usr/bin")
                      .split(File.pathSeparator)),
              SYSTEM_FOLDERS.stream())
          .toArray(String[]::new);

  private Requires() {}

  /** The first of these programs that is installed; else the test is skipped, or fails. */
  public static Path program(String... names) {
    return Arrays.stream(names)
        .flatMap(name -> Arrays.stream(FOLDERS).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> missing(names));
  }

  /**
   * A file of the system, or one built by an earlier module; else the test is skipped, or fails.
   */
  public static Path file(Path path, String whatItIs) {
    return Files.exists(path) ? path : missing("needs " + whatItIs + " (" + path + ")");
  }

  /**
   * The kubeconfig of a cluster that tests may install into, which {@code KUBECONFIG} names; else
   * the test is skipped, or fails. In {@code MILLRACE_ABSENT} it is called {@code cluster}.
   */
  public static Path cluster() {
    String kubeconfig = Optional.ofNullable(System.getenv("KUBECONFIG")).orElse("");
    if (!kubeconfig.isEmpty()) {
      return Path.of(kubeconfig);
    }
    String need = "needs a Kubernetes cluster (KUBECONFIG)";
    return ABSENT.contains("cluster") ? absent(need) : missing(need);
  }

  private static Path missing(String... names) {
    String need = "needs the program " + String.join(" or ", names);
    return ABSENT.containsAll(List.of(names)) ? absent(need) : missing(need);
  }

  private static Path absent(String need) {
    System.err.println("SKIPPED: " + need);
    return Assumptions.abort(need);
  }

  private static Path missing(String need) {
    if (Boolean.getBoolean(REQUIRE_ALL) || Boolean.parseBoolean(System.getenv(REQUIRE_ALL))) {
      return fail(need + ", and " + REQUIRE_ALL + " forbids skipping");
    }
    return absent(need);
  }
}
