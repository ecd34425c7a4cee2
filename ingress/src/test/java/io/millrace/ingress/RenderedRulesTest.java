package io.millrace.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingress.preset.Presets;
import io.millrace.ingress.tier.Tiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The files under {@code ingress/} are what the contract renders to now. With {@code
 * -Dmillrace.rendered=write} they are written instead of compared.
 */
class RenderedRulesTest {

  private static final Path FOLDER = Path.of("").toAbsolutePath();

  @Test
  void theFilesAreWhatTheContractRendersTo() throws IOException {
    // Given
    Rules rules = new Rules(Contract.parse(Files.readString(FOLDER.resolve("contract.yaml"))));

    // When
    Map<String, String> rendered = rules.render();

    // Then
    for (Map.Entry<String, String> file : rendered.entrySet()) {
      Path path = FOLDER.resolve(file.getKey());
      if ("write".equals(System.getProperty("millrace.rendered"))) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      assertThat(path).as(file.getKey()).hasContent(file.getValue());
    }
  }

  @Test
  void thePresetsOfTheChartAreWhatTheContractRendersTo() throws IOException {
    // Given
    Path file = FOLDER.resolveSibling(Presets.FILE);

    // When
    String rendered =
        new Presets(Contract.parse(Files.readString(FOLDER.resolve("contract.yaml")))).render();

    // Then
    if ("write".equals(System.getProperty("millrace.rendered"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, rendered);
    }
    assertThat(file).hasContent(rendered);
  }

  @Test
  void noFileOfATierIsWithoutItsTemplate() throws IOException {
    // Given
    Set<String> rendered =
        new Rules(Contract.parse(Files.readString(FOLDER.resolve("contract.yaml"))))
            .render()
            .keySet();

    // When
    Set<String> kept = new TreeSet<>();
    for (Tier tier : Tiers.ALL) {
      try (Stream<Path> files = Files.walk(FOLDER.resolve(tier.id()))) {
        files
            .filter(Files::isRegularFile)
            .map(file -> FOLDER.relativize(file).toString())
            .forEach(kept::add);
      }
    }

    // Then
    assertThat(kept).isSubsetOf(rendered);
  }

  @Test
  void theTableOfTheReadmeNamesEveryTier() throws IOException {
    // When
    String readme = Files.readString(FOLDER.resolve("README.md"));

    // Then
    assertThat(Tiers.ALL)
        .allSatisfy(tier -> assertThat(readme).contains("[`%1$s/`](%1$s)".formatted(tier.id())));
  }
}
