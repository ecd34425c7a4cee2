package io.millrace.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {

  @TempDir Path folder;

  @Test
  void startsThePageWithItsFirstSection() throws IOException {
    // Given
    Path page = folder.resolve("new/RESULTS.md");

    // When
    ResultsFile.replaceSection(page, "## fanout\n\nfast\n");

    // Then
    String text = Files.readString(page);
    assertTrue(text.startsWith("# Results\n"));
    assertTrue(text.endsWith("## fanout\n\nfast\n"));
  }

  @Test
  void replacesTheSectionOfTheSameNameOnly() throws IOException {
    // Given
    Path page = folder.resolve("RESULTS.md");
    Files.writeString(page, "# Results\n\n## fanout\n\nslow\n### x\n\n## storm\n\nkept\n");

    // When
    ResultsFile.replaceSection(page, "## fanout\n\nfast\n\n");

    // Then
    assertEquals("# Results\n\n## fanout\n\nfast\n\n## storm\n\nkept\n", Files.readString(page));
  }

  @Test
  void addsASectionThatIsNotThereYet() throws IOException {
    // Given
    Path page = folder.resolve("RESULTS.md");
    Files.writeString(page, "# Results\n\n## storm\n\nkept\n");

    // When
    ResultsFile.replaceSection(page, "## fanout\n\nfast\n");

    // Then
    assertEquals("# Results\n\n## storm\n\nkept\n## fanout\n\nfast\n", Files.readString(page));
  }
}
