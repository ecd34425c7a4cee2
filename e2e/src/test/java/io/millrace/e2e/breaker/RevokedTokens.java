package io.millrace.e2e.breaker;

import static org.awaitility.Awaitility.await;

import io.millrace.e2e.breaker.oracle.Oracle.Violation;
import io.millrace.e2e.breaker.oracle.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What was made void in a round, and whether it is: no replica opens a stream for such a token, and
 * nobody else is refused. The schedule's thread.
 */
final class RevokedTokens {

  /** Not a latency budget: a second is promised, on a machine that has time for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Era era;
  private final List<String> bearers = new ArrayList<>();
  private final Set<Client> clients = new HashSet<>();

  RevokedTokens(Era era) {
    this.era = era;
  }

  void revoke(Client client) {
    clients.add(client);
    bearers.add(client.bearer());
    era.topic().revoke(client.caller().name());
  }

  /**
   * @throws Violation when one is not refused
   */
  void checkRefusedEverywhere() {
    for (int replica : bearers.isEmpty() ? List.<Integer>of() : era.ready()) {
      for (String bearer : bearers) {
        try {
          await().atMost(PATIENCE).until(() -> era.replica(replica).status(bearer) == 401);
        } catch (ConditionTimeoutException tooLong) {
          throw new Violation("replica " + replica + " takes a revoked token: " + bearer);
        }
      }
    }
  }

  /**
   * @throws Violation when it was refused for no reason
   */
  void checkRefusals(Client client) {
    if (!clients.contains(client) && client.visits().stream().anyMatch(Visit::wasRefused)) {
      throw new Violation(client.caller().name() + " was refused, though nobody revoked it");
    }
  }
}
