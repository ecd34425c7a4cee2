package io.millrace.e2e.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The programs in {@code docs/producing.md} are the files that are run by {@link
 * ProducerExamplesIT}. With {@code -Dmillrace.rendered=write} the page is written instead of
 * compared.
 */
class ProducingPageTest {

  private static final String PAGE = "docs/producing.md";

  /** A link to a file of the examples, and the block that follows it. */
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "(\\[[^]]+]\\((examples/producing/[^)]+)\\)[^\\n]*\\n\\n```(\\w+)\\n).*?\\n```\\n",
          Pattern.DOTALL);

  @Test
  void showsTheProgramsAsTheyAre() throws IOException {
    // Given
    String page = Repository.text(PAGE);

    // When
    String rendered = EXAMPLE.matcher(page).replaceAll(ProducingPageTest::render);

    // Then
    if ("write".equals(System.getProperty("millrace.rendered"))) {
      Files.writeString(Repository.path(PAGE), rendered);
      page = rendered;
    }
    assertThat(EXAMPLE.matcher(page).results()).hasSize(7);
    assertThat(page).isEqualTo(rendered);
  }

  private static String render(MatchResult found) {
    String program = Repository.text("docs/" + found.group(2));
    return Matcher.quoteReplacement(found.group(1) + program + "```\n");
  }
}
