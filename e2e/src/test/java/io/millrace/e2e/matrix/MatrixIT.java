package io.millrace.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.TestIssuer;
import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every proxy, version and protocol, with the shipped rule, as it comes and with a line made wrong,
 * before the packaged service: what a client sees, and what the doctor says. A row is mostly
 * waiting, so some are measured at a time.
 *
 * <p>{@code -Dmillrace.matrix=REGEX} picks rows by their names, {@code -Dmillrace.doctor.runs=20}
 * asks the doctor so often of each shipped rule, {@code -Dmillrace.rendered=write} writes what was
 * measured into {@code docs/proxy-matrix.md} instead of comparing.
 */
class MatrixIT {

  /** Each with a replica of its own. */
  private static final int AT_A_TIME = 5;

  /** A machine that is busy may look like a bad proxy, but not so often. */
  private static final int TRIES = 3;

  private static final int DOCTOR_RUNS = Integer.getInteger("millrace.doctor.runs", 1);
  private static final boolean WRITES = "write".equals(System.getProperty("millrace.rendered"));

  /** What no busy machine can make: found once, it is there. */
  private static final Set<String> CERTAIN =
      Set.of(
          "shared-stream",
          "compression",
          "headers-stripped",
          "headers-altered",
          "duplicate-requests",
          "http10-upstream");

  @TempDir static Path folder;
  private static final Page PAGE = Page.read();
  private static final List<Row> PICKED = picked(System.getProperty("millrace.matrix", ""));
  private static final BlockingQueue<Replica> REPLICAS = new LinkedBlockingQueue<>();
  private static final List<AutoCloseable> PARTS = new ArrayList<>();
  private static ExecutorService threads;

  private static List<Row> picked(String regex) {
    return Rows.ALL.stream().filter(row -> row.name().matches(".*(" + regex + ").*")).toList();
  }

  @BeforeAll
  static void start() throws Exception {
    EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
    PARTS.add(kafka);
    kafka.createTopic(Replica.TOPIC, 2, Map.of());
    TestIssuer issuer = new TestIssuer(folder);
    int atATime = Math.max(1, Math.min(AT_A_TIME, PICKED.size()));
    threads = Executors.newFixedThreadPool(atATime);
    for (int n = 0; n < atATime; n++) {
      Replica replica = Replica.start(folder, kafka, issuer);
      PARTS.add(replica);
      REPLICAS.add(replica);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    threads.shutdownNow();
    for (int part = PARTS.size() - 1; part >= 0; part--) {
      PARTS.get(part).close();
    }
    if (WRITES) {
      PAGE.with(MatrixIT::measuredEver).write();
    }
  }

  private static Optional<Result> measuredEver(Row row) {
    try {
      return Result.of(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> rows() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Row row : PICKED) {
      Future<Result> result = threads.submit(() -> measured(row));
      tests.add(DynamicTest.dynamicTest(row.name(), () -> assertIsAsExpected(row, result)));
    }
    return tests.stream();
  }

  private static Result measured(Row row) throws Exception {
    row.requirePrograms();
    Replica replica = REPLICAS.take();
    try {
      RowVisit visit = new RowVisit(folder, replica, DOCTOR_RUNS);
      Result result = visit.measure(row, List.of());
      for (int again = 1; again < TRIES && isDoubtful(row, result); again++) {
        result = visit.measure(row, result.doubt(row));
      }
      result.write();
      return result;
    } finally {
      REPLICAS.add(replica);
    }
  }

  private static boolean isDoubtful(Row row, Result result) {
    boolean isAsExpected =
        result.faults().equals(row.faults()) && (WRITES || PAGE.says(row, result));
    boolean isCertain =
        result.stream().isBroken()
            || result.faults().stream()
                .anyMatch(fault -> CERTAIN.contains(fault) && !row.faults().contains(fault));
    return !isAsExpected && !isCertain;
  }

  private static void assertIsAsExpected(Row row, Future<Result> measured) throws Throwable {
    Result result = get(measured);
    assertThat(result.faults()).as("%s", result).isEqualTo(row.faults());
    assertThat(result.doctor().right()).as("%s", result).isEqualTo(result.doctor().all());
    if (row.kind() == Row.Kind.RULE) {
      assertThat(result.stream().events()).as("%s", result).isEqualTo(StreamVisit.ONE_BY_ONE);
      assertThat(result.stream().isBroken()).as("%s", result).isFalse();
    }
    if (!WRITES) {
      List<String> words = result.words(row);
      assertThat(PAGE.cells(row).map(cells -> cells.subList(0, words.size())))
          .as("docs/proxy-matrix.md of %s", result)
          .contains(words);
    }
  }

  private static Result get(Future<Result> measured) throws Throwable {
    try {
      return measured.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }
}
