package io.millrace;

import io.millrace.config.MillraceConfig;
import io.millrace.control.Revocations;
import io.millrace.event.Positions;
import io.millrace.fanout.Fanout;
import io.millrace.fanout.ShardSettings;
import io.millrace.kafka.TopicTail;
import io.millrace.kafka.control.ControlTopic;
import io.millrace.kafka.deadletter.DeadLetterQueue;
import io.millrace.kafka.topic.TopicAdmin;
import io.millrace.lifecycle.Heartbeats;
import io.millrace.subscribe.StreamGate;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.Meters;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/**
 * Puts the event bus of a service together from its configuration, starts it with the service and
 * stops it with it.
 */
@Singleton
final class EventBus {

  private static final Duration ANY_LIFETIME = Duration.ofDays(1_000_000);

  @Produces
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }

  @Produces
  @Singleton
  TailLog tail(MillraceConfig config, InstantSource clock) {
    MillraceConfig.Tail limits = config.tail();
    return new TailLog(limits.maxBytes().asLongValue(), limits.maxAge(), clock);
  }

  @Produces
  @Singleton
  Fanout fanout(MillraceConfig config, TailLog tail, Meters meters, InstantSource clock) {
    ShardSettings settings =
        new ShardSettings(
            config.topic().name(),
            config.heartbeat(),
            config.connection().bytesPerTurn().asLongValue(),
            clock);
    return new Fanout(tail, settings, meters);
  }

  @Produces
  @Singleton
  Revocations revocations(MillraceConfig config) {
    MillraceConfig.Control control = config.control();
    // Where nothing can be revoked, no token can outlive its revocation.
    Duration lifetime = control.enabled() ? control.maxTokenLifetime() : ANY_LIFETIME;
    return new Revocations(lifetime, control.maxEntries());
  }

  @Produces
  @Singleton
  StreamGate gate(TopicTail tail, ControlTopic control, TopicAdmin admin) {
    return new StreamGate() {
      @Override
      public boolean isReady() {
        return tail.isReady() && control.isReady();
      }

      @Override
      public CompletionStage<Positions> logEnd() {
        return admin.logEnd();
      }
    };
  }

  void start(
      @Observes StartupEvent started, Vertx vertx, TopicTail tail, Fanout fanout, Meters meters) {
    new Heartbeats(fanout, meters).start(((VertxInternal) vertx).getEventLoopGroup());
    tail.start();
  }

  void startAside(
      @Observes StartupEvent started, ControlTopic control, DeadLetterQueue deadLetters) {
    control.start();
    deadLetters.start();
  }

  void stop(@Observes ShutdownEvent stopping, TopicTail tail, TopicAdmin admin) {
    tail.close();
    admin.close();
  }

  void stopAside(
      @Observes ShutdownEvent stopping, ControlTopic control, DeadLetterQueue deadLetters) {
    control.close();
    deadLetters.close();
  }
}
