package io.millrace.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code docs/proxy-matrix.md} has the rows there are, and the diagnosis each must have. What else
 * it says of a row is held by {@link MatrixIT}, which also writes it.
 */
class MatrixPageTest {

  @ParameterizedTest
  @EnumSource
  void hasEveryRowAndWhatTheDoctorMustSayOfIt(Row.Kind kind) {
    // Given
    List<List<String>> expected =
        Rows.ALL.stream().filter(row -> row.kind() == kind).map(MatrixPageTest::head).toList();

    // When
    List<List<String>> table = Page.read().table(kind);

    // Then
    int width = expected.get(0).size();
    assertThat(table)
        .extracting(cells -> cells.subList(0, width))
        .containsExactlyElementsOf(expected);
  }

  private static List<String> head(Row row) {
    List<String> head = new ArrayList<>(Page.key(row));
    head.add(Page.diagnosis(row.faults()));
    return head;
  }
}
