package io.millrace.e2e.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.e2e.DoctorVisit;
import io.millrace.e2e.proxy.ProxyChain;
import io.millrace.e2e.proxy.TestCertificate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures a row: its proxies, started anew, in front of a replica that is theirs for the time.
 *
 * @param doctorRuns how often the doctor is asked of a shipped rule
 */
record RowVisit(Path folder, Replica replica, int doctorRuns) {

  private static final AtomicInteger USERS = new AtomicInteger();

  private static final List<String> TRUST =
      List.of(
          "-Djavax.net.ssl.trustStore=" + TestCertificate.trustStore(),
          "-Djavax.net.ssl.trustStorePassword=changeit");

  Result measure(Row row, List<String> doubted) throws Exception {
    boolean isWrong = row.kind() == Row.Kind.WRONG;
    // A user each: the probe has a limit for one.
    String user = "user-" + USERS.incrementAndGet();
    try (ProxyChain chain = ProxyChain.start(folder, row.protocol(), row.links(), replica.port())) {
      String left = isWrong ? "" : Departure.of(chain, replica, user).words();
      Result.Stream stream = stream(chain, user, !isWrong);
      DoctorVisit first = doctor(row, chain, user);
      int right = isAsExpected(row, first) ? 1 : 0;
      int all = row.kind() == Row.Kind.RULE ? doctorRuns : 1;
      for (int run = 1; run < all; run++) {
        right += isAsExpected(row, doctor(row, chain, user)) ? 1 : 0;
      }
      List<String> notProven = new ArrayList<>();
      first.report().path("notProven").forEach(each -> notProven.add(each.asText()));
      List<JsonNode> findings = new ArrayList<>();
      first.report().path("findings").forEach(findings::add);
      return new Result(
          row.name(),
          new TreeSet<>(first.faults()),
          findings,
          notProven,
          new Result.Runs(all, right, first.report().path("seconds").asLong()),
          stream,
          left,
          doubted);
    }
  }

  private static boolean isAsExpected(Row row, DoctorVisit visit) {
    return visit.faults().equals(row.faults());
  }

  private Result.Stream stream(ProxyChain chain, String user, boolean withChanges)
      throws Exception {
    try (StreamVisit visit = new StreamVisit(chain, replica, user)) {
      if (!visit.begins()) {
        return replica.count().subscribers() == 0
            ? Result.Stream.NEVER
            : Result.Stream.NOT_BEFORE_THE_END;
      }
      StreamVisit.Delivery delivery = visit.delivery();
      return new Result.Stream(
          delivery.words(),
          delivery.medianMillis(),
          withChanges ? visit.reload() : "",
          withChanges ? visit.restart() : "");
    }
  }

  private DoctorVisit doctor(Row row, ProxyChain chain, String user) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(chain.uri(Replica.PATH).toString()));
    // Without it a token that does not arrive can't be told from one that is refused.
    if (row.faults().equals(Set.of("headers-stripped"))) {
      arguments.add("--origin=" + replica.address());
    }
    return DoctorVisit.of(replica.bearer(user).substring("Bearer ".length()), TRUST, arguments);
  }
}
