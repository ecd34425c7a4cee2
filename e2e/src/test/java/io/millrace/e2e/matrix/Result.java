package io.millrace.e2e.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.millrace.e2e.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What was measured of a row, as it is kept in {@code e2e/target/matrix}.
 *
 * @param row its name
 * @param faults the doctor named
 * @param findings all it said, notes too
 * @param notProven by the doctor
 * @param doctor its runs
 * @param stream what a client saw
 * @param left when the service noticed that a client left
 * @param doubted what was seen in earlier tries, and was not as expected
 */
record Result(
    String row,
    SortedSet<String> faults,
    List<JsonNode> findings,
    List<String> notProven,
    Runs doctor,
    Stream stream,
    String left,
    List<String> doubted) {

  private static final Path FOLDER = Repository.path("e2e/target/matrix");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** How often the doctor was asked, how often it found what it should, and how long it took. */
  record Runs(int all, int right, long seconds) {}

  /** Events, and a stream whose proxies change. */
  record Stream(String events, double medianMillis, String reload, String restart) {

    static final Stream NEVER = new Stream("no stream", 0, StreamVisit.NONE, StreamVisit.NONE);

    static final Stream NOT_BEFORE_THE_END =
        new Stream("not before the end", 0, StreamVisit.NONE, StreamVisit.NONE);

    /** A client has not got every event once. */
    boolean isBroken() {
      return StreamVisit.BROKEN.contains(reload) || StreamVisit.BROKEN.contains(restart);
    }
  }

  /** As evidence for a later try. */
  List<String> doubt(Row row) {
    List<String> all = new ArrayList<>(doubted);
    all.add(words(row) + " " + findings);
    return all;
  }

  /** What the page says of it, without the numbers. */
  List<String> words(Row row) {
    List<String> words = new ArrayList<>(List.of(Page.diagnosis(faults)));
    if (row.kind() != Row.Kind.WRONG) {
      words.add(silence());
    }
    words.add(stream.events());
    if (row.kind() != Row.Kind.WRONG) {
      words.addAll(List.of(left, stream.reload(), stream.restart()));
    }
    return words;
  }

  private String silence() {
    boolean seen = notProven.stream().noneMatch(each -> each.startsWith("idle-cut and"));
    return faults.contains("idle-cut") ? "cut" : seen ? "lives" : StreamVisit.NONE;
  }

  /** The numbers, which no test compares. */
  List<String> numbers(Row row) {
    String median =
        stream.medianMillis() == 0
            ? StreamVisit.NONE
            : String.format(Locale.ROOT, "%.0f", stream.medianMillis());
    return row.kind() == Row.Kind.RULE
        ? List.of(median, doctor.right() + " of " + doctor.all())
        : List.of(median);
  }

  void write() throws IOException {
    Files.createDirectories(FOLDER);
    JSON.writeValue(FOLDER.resolve(fileOf(row)).toFile(), this);
  }

  /** Of an earlier run, too. */
  static Optional<Result> of(Row row) throws IOException {
    Path file = FOLDER.resolve(fileOf(row.name()));
    return Files.exists(file)
        ? Optional.of(JSON.readValue(file.toFile(), Result.class))
        : Optional.empty();
  }

  private static String fileOf(String row) {
    String plain = row.toLowerCase(Locale.ROOT).replace("→", "to").replace("`", "");
    return plain.replaceAll("[^a-z0-9.]+", "-").replaceAll("^-|-$", "") + ".json";
  }
}
