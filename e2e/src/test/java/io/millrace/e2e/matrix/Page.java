package io.millrace.e2e.matrix;

import io.millrace.e2e.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code docs/proxy-matrix.md}: a table of each kind of row, in a text that people write. */
record Page(String text) {

  private static final String FILE = "docs/proxy-matrix.md";
  private static final String CELLS = " | ";

  static Page read() {
    return new Page(Repository.text(FILE));
  }

  void write() throws IOException {
    Files.writeString(Repository.path(FILE), text);
  }

  /** As in the column of the doctor. */
  static String diagnosis(Collection<String> faults) {
    return faults.isEmpty() ? "nothing" : String.join(", ", new TreeSet<>(faults));
  }

  private static String headOf(Row.Kind kind) {
    String head =
        switch (kind) {
          case RULE ->
              "proxy | client | doctor | 5 s of silence | events | left | reload | restart"
                  + " | ms | doctor's runs";
          case AS_IT_COMES ->
              "proxy | client | doctor | 5 s of silence | events | left | reload | restart | ms";
          case WRONG -> "proxy | client | what is wrong | doctor | events | ms";
        };
    String numbers = kind == Row.Kind.RULE ? "|---:|---|\n" : "|---:|\n";
    int words = head.split("\\|").length - (kind == Row.Kind.RULE ? 2 : 1);
    return "| " + head + " |\n" + "|---".repeat(words) + numbers;
  }

  /** Which row a line is of. */
  static List<String> key(Row row) {
    return row.kind() == Row.Kind.WRONG
        ? List.of(row.title(), row.spoken(), row.mistake())
        : List.of(row.title(), row.spoken());
  }

  /** The lines of a table, cell by cell. */
  List<List<String>> table(Row.Kind kind) {
    int begin = begin(kind);
    return text.substring(begin, end(begin))
        .lines()
        .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ")))
        .toList();
  }

  private int begin(Row.Kind kind) {
    String head = headOf(kind);
    int at = text.indexOf(head);
    if (at < 0) {
      throw new IllegalStateException(FILE + " has no table\n" + head);
    }
    return at + head.length();
  }

  private int end(int begin) {
    return text.indexOf("\n\n", begin - 1) + 1;
  }

  /** All cells of a row but its key; empty when the page does not have it. */
  Optional<List<String>> cells(Row row) {
    List<String> key = key(row);
    return table(row.kind()).stream()
        .filter(cells -> cells.subList(0, key.size()).equals(key))
        .map(cells -> cells.subList(key.size(), cells.size()))
        .findFirst();
  }

  /** Whether it says of a row what was measured; the numbers may differ. */
  boolean says(Row row, Result result) {
    List<String> words = result.words(row);
    return cells(row).filter(cells -> cells.subList(0, words.size()).equals(words)).isPresent();
  }

  /** The same with what was measured, where something was. */
  Page with(Function<Row, Optional<Result>> results) {
    Page page = this;
    for (Row.Kind kind : Row.Kind.values()) {
      String lines =
          Rows.ALL.stream()
              .filter(row -> row.kind() == kind)
              .flatMap(row -> line(row, results.apply(row)).stream())
              .collect(Collectors.joining());
      int begin = page.begin(kind);
      String before = page.text.substring(0, begin);
      page = new Page(before + lines + page.text.substring(page.end(begin)));
    }
    return page;
  }

  private Optional<String> line(Row row, Optional<Result> result) {
    return result
        .map(each -> measured(row, each))
        .or(() -> cells(row))
        .map(cells -> line(row, cells));
  }

  private static List<String> measured(Row row, Result result) {
    List<String> cells = new ArrayList<>(result.words(row));
    cells.addAll(result.numbers(row));
    return cells;
  }

  private static String line(Row row, List<String> cells) {
    List<String> all = new ArrayList<>(key(row));
    all.addAll(cells);
    return "| " + String.join(CELLS, all) + " |\n";
  }
}
