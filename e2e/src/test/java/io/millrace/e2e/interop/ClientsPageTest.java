package io.millrace.e2e.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table in {@code docs/clients.md} has what {@link PublicClientsIT} holds. With {@code
 * -Dmillrace.rendered=write} it is written instead of compared.
 */
class ClientsPageTest {

  private static final String PAGE = "docs/clients.md";
  private static final String HEAD =
      "| client | version | with | after a cut | to know |\n|---|---|---|---|---|\n";

  @Test
  void showsEveryClientThatIsTested() throws IOException {
    // Given
    String page = Repository.text(PAGE);
    String table =
        PublicClient.ALL.stream().map(ClientsPageTest::row).collect(Collectors.joining());

    // When
    int begin = page.indexOf(HEAD) + HEAD.length();
    int end = page.indexOf("\n\n", begin) + 1;
    String rendered = page.substring(0, begin) + table + page.substring(end);

    // Then
    if ("write".equals(System.getProperty("millrace.rendered"))) {
      Files.writeString(Repository.path(PAGE), rendered);
      page = rendered;
    }
    assertThat(page).contains(HEAD).isEqualTo(rendered);
  }

  private static String row(PublicClient client) {
    return "| `%s` | %s | %s | %s | %s |%n"
        .formatted(
            client.name(), client.version(), client.use(), client.resume().words, client.note())
        .replace("|  |", "| |");
  }
}
