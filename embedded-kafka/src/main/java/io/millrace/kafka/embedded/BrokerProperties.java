package io.millrace.kafka.embedded;

import java.nio.file.Path;
import java.util.Properties;

/** The settings of a broker that is alone, small, on loopback, and stops quickly. */
record BrokerProperties(int port, int controllerPort, Path data) {

  static final int NODE_ID = 1;
  private static final String HOST = "127.0.0.1";

  Properties toProperties() {
    Properties properties = new Properties();
    identity(properties);
    alone(properties);
    small(properties);
    quick(properties);
    return properties;
  }

  private void identity(Properties properties) {
    String controller = HOST + ":" + controllerPort;
    set(properties, "node.id", NODE_ID);
    set(properties, "process.roles", "broker,controller");
    set(
        properties,
        "listeners",
        "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + controller);
    set(properties, "advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
    set(properties, "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    set(properties, "controller.listener.names", "CONTROLLER");
    // Static voters: the controller may listen on another port at every start.
    set(properties, "controller.quorum.voters", NODE_ID + "@" + controller);
    set(properties, "log.dirs", data.toString());
    // A misspelled topic must be an error, not a new topic.
    set(properties, "auto.create.topics.enable", false);
  }

  private static void alone(Properties properties) {
    set(properties, "offsets.topic.replication.factor", 1);
    set(properties, "offsets.topic.num.partitions", 1);
    set(properties, "transaction.state.log.replication.factor", 1);
    set(properties, "transaction.state.log.min.isr", 1);
    set(properties, "transaction.state.log.num.partitions", 1);
    set(properties, "share.coordinator.state.topic.replication.factor", 1);
    set(properties, "share.coordinator.state.topic.min.isr", 1);
    set(properties, "share.coordinator.state.topic.num.partitions", 1);
    set(properties, "default.replication.factor", 1);
    set(properties, "min.insync.replicas", 1);
  }

  private static void small(Properties properties) {
    set(properties, "num.network.threads", 1);
    set(properties, "num.io.threads", 2);
    set(properties, "background.threads", 2);
    set(properties, "num.recovery.threads.per.data.dir", 1);
    set(properties, "num.replica.alter.log.dirs.threads", 1);
    set(properties, "group.coordinator.threads", 1);
    set(properties, "share.coordinator.threads", 1);
    set(properties, "log.cleaner.threads", 1);
    // Kafka wants more than 1 MiB; 2 MiB hold some 80,000 keys a pass, and the default is 128 MiB.
    set(properties, "log.cleaner.dedupe.buffer.size", 2 << 20);
    set(properties, "log.cleaner.io.buffer.size", 64 << 10);
    // The index of every open segment is mapped into memory at this size.
    set(properties, "log.index.size.max.bytes", 1 << 20);
  }

  private static void quick(Properties properties) {
    // Nobody else joins: waiting for more members only delays the first.
    set(properties, "group.initial.rebalance.delay.ms", 0);
    // How long a start may take before it is called failed: a second on an idle machine, more than
    // half a minute where forty processes want two cores.
    set(properties, "server.max.startup.time.ms", 120_000);
    // A broker that was killed may register again after this time: a restart takes 7 s then (11 s
    // with the default of 9 s). Shorter, and a machine that stalls would lose its only broker.
    set(properties, "broker.session.timeout.ms", 5_000);
    set(properties, "broker.heartbeat.interval.ms", 1_000);
    set(properties, "controller.quorum.election.timeout.ms", 100);
    set(properties, "controller.quorum.fetch.timeout.ms", 500);
    // No followers read the metadata log, so no-op records every 500 ms would only fill it.
    set(properties, "metadata.max.idle.interval.ms", 0);
    set(properties, "log.segment.delete.delay.ms", 1_000);
    set(properties, "log.initial.task.delay.ms", 5_000);
  }

  private static void set(Properties properties, String key, Object value) {
    properties.put(key, String.valueOf(value));
  }
}
