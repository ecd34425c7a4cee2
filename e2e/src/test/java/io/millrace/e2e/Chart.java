package io.millrace.e2e;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart as the real Helm engine sees it. Nothing here needs a cluster or the network. */
public final class Chart {

  static final String RELEASE = "demo";
  static final String NAMESPACE = "apps";

  private static final Path FOLDER = Repository.path("helm/millrace");

  private Chart() {}

  /** The least a user must give. */
  static Path leastValues() {
    return FOLDER.resolve("ci/default-values.yaml");
  }

  /** One of the files of {@code ci}. */
  static Path ci(String name) {
    return FOLDER.resolve("ci/" + name + "-values.yaml");
  }

  /** One file per branch of the templates. */
  static List<Path> ciValues() {
    try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of {@link #ciValues} that choose a preset of a controller or an implementation. */
  public static List<Path> presetValues() {
    return ciValues().stream()
        .filter(file -> file.getFileName().toString().matches("(ingress|gateway)-.*"))
        .toList();
  }

  static Manifests render(Path values, Map<String, Object> settings) {
    return Manifests.parse(renderText(values, settings));
  }

  static Manifests render(Path values) {
    return render(values, Map.of());
  }

  static String renderText(Path values, Map<String, Object> settings) {
    return renderText(RELEASE, NAMESPACE, values, settings);
  }

  public static String renderText(
      String release, String namespace, Path values, Map<String, Object> settings) {
    TemplateCommand command =
        new Helm(FOLDER)
            .template()
            .withName(release)
            .withNamespace(namespace)
            .withValuesFile(values);
    settings.forEach(command::set);
    return command.call();
  }

  /** Another chart than this one. */
  static String renderText(Path folder, Path values) {
    return new Helm(folder)
        .template()
        .withName(RELEASE)
        .withNamespace(NAMESPACE)
        .withValuesFile(values)
        .call();
  }

  /** Renders with no values but the given ones. */
  static String renderBare(Map<String, Object> settings) {
    TemplateCommand command =
        new Helm(FOLDER).template().withName(RELEASE).withNamespace(NAMESPACE);
    settings.forEach(command::set);
    return command.call();
  }

  /** With the pods of {@code helm test}, which the engine leaves out as hooks. */
  static Manifests renderWithTests(Path values) {
    return Manifests.parse(renderText(WithoutHooks.FOLDER, values));
  }

  /** A copy of the chart in which hooks are ordinary resources. */
  private static final class WithoutHooks {

    static final Path FOLDER = copy();

    private static Path copy() {
      try (Stream<Path> files = Files.walk(Chart.FOLDER)) {
        Path target = Files.createDirectories(Repository.path("e2e/target"));
        Path copy = Files.createTempDirectory(target, "chart-");
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path twin = copy.resolve(Chart.FOLDER.relativize(file).toString());
          Files.createDirectories(twin.getParent());
          Files.writeString(
              twin, Files.readString(file).replace("helm.sh/hook:", "example.com/hook:"));
        }
        return copy;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Renders with these files of values, the later ones over the earlier ones. */
  static Manifests render(List<Path> values) {
    TemplateCommand command =
        new Helm(FOLDER).template().withName(RELEASE).withNamespace(NAMESPACE);
    values.forEach(command::withValuesFile);
    return Manifests.parse(command.call());
  }

  /** What a user reads after {@code helm install}. */
  static String notes(Path values) {
    InstallCommand command =
        new Helm(FOLDER)
            .install()
            .withName(RELEASE)
            .withNamespace(NAMESPACE)
            .clientOnly()
            .dryRun()
            .withValuesFile(values);
    return command.call().getOutput();
  }

  static LintResult lint() {
    return new Helm(FOLDER).lint().strict().call();
  }

  static Map<String, Object> defaults() {
    return Yaml.map(Repository.text("helm/millrace/values.yaml"));
  }
}
