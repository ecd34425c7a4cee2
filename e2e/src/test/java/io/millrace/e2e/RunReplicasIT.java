package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.kafka.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run goes on while one of two packaged replicas is killed and started again. */
class RunReplicasIT {

  private static final String CONVERSATION = "c1";

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static TopicWriter topics;
  private static TestIssuer issuer;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(EmbeddedKafka.Options.defaults());
    kafka.createTopic("ai-events", 12, Map.of());
    topics = new TopicWriter(kafka.bootstrapServers());
    issuer = new TestIssuer(folder);
  }

  @AfterAll
  static void stop() {
    topics.close();
    kafka.close();
  }

  private static ServiceProcess replica() throws IOException {
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    return ServiceProcess.start("ai-events-service", folder, environment);
  }

  private static RunFollower follow(ServiceProcess replica, String more) {
    String path = "/api/ai/events?conversationId=" + CONVERSATION + more;
    return new RunFollower(replica, path, issuer.bearer("alice", CONVERSATION));
  }

  @Test
  void aReplicaThatIsKilledInTheMiddleTearsNoText() throws Exception {
    try (ServiceProcess other = replica();
        ServiceProcess killed = replica()) {
      // Given: a run in progress, and clients of both kinds who show it
      RunWriter run = RunWriter.start(topics, CONVERSATION);
      RunFollower stays = follow(killed, "");
      RunFollower merged = follow(killed, "&coalesce=50");
      RunFollower returns = follow(killed, "&coalesce=50");
      List.of(stays, merged, returns).forEach(RunFollower::awaitSomeText);

      // When: all come back elsewhere, some join late, there and at the replica started again
      killed.kill();
      List.of(stays, merged, returns).forEach(client -> client.comeBackTo(other));
      RunFollower late = follow(other, "&from=run");
      RunFollower lateMerged = follow(other, "&from=run&coalesce=50");
      try (ServiceProcess again = replica()) {
        returns.hopTo(again);
        RunFollower joins = follow(again, "");
        RunFollower ofRun = follow(again, "&runId=r1&coalesce=50");
        List.of(late, lateMerged, joins, ofRun).forEach(RunFollower::awaitSomeText);
        String text = run.finish();

        // Then
        for (RunFollower client : List.of(stays, merged, returns, late, lateMerged, joins, ofRun)) {
          client.assertShows(text);
          client.close();
        }
        assertThat(lateMerged.events().count()).isLessThan(run.tokens());
      }
    }
  }
}
