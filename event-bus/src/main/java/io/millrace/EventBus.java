package io.millrace;

import io.millrace.admission.Admission;
import io.millrace.admission.Descriptors;
import io.millrace.config.MillraceConfig;
import io.millrace.control.Revocations;
import io.millrace.event.Positions;
import io.millrace.fanout.Fanout;
import io.millrace.fanout.LoopTimer;
import io.millrace.fanout.ShardSettings;
import io.millrace.identity.SigningKeys;
import io.millrace.kafka.TopicTail;
import io.millrace.kafka.control.ControlTopic;
import io.millrace.kafka.deadletter.DeadLetterQueue;
import io.millrace.kafka.replay.ReplayReader;
import io.millrace.kafka.topic.TopicAdmin;
import io.millrace.lifecycle.Drain;
import io.millrace.lifecycle.Heartbeats;
import io.millrace.lifecycle.PipelineLog;
import io.millrace.lifecycle.SecondSignal;
import io.millrace.lifecycle.StreamReadiness;
import io.millrace.run.RunIndex;
import io.millrace.subscribe.StreamGate;
import io.millrace.tail.TailLog;
import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.Meters;
import io.millrace.telemetry.Traces;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.Readiness;

/**
 * Puts the event bus of a service together from its configuration, starts it with the service and
 * stops it with it.
 */
@Singleton
final class EventBus {

  /** For streams that all end when the process does, without a window: two turns of their loops. */
  private static final Duration LAST_STREAMS = Duration.ofSeconds(2);

  private static final Duration ANY_LIFETIME = Duration.ofDays(1_000_000);

  @Produces
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }

  @Produces
  @Singleton
  TailLog tail(MillraceConfig config, InstantSource clock, Meters meters) {
    MillraceConfig.Tail limits = config.tail();
    TailLog tail = new TailLog(limits.maxBytes().asLongValue(), limits.maxAge(), clock);
    meters.gauge("millrace.tail.bytes", "Bytes of events in the tail", tail::bytes);
    meters.gauge("millrace.tail.max.bytes", "Most of them", limits.maxBytes()::asLongValue);
    meters.gauge(
        "millrace.tail.age.seconds",
        "How far back in time the tail reaches",
        () -> tail.age().toMillis() / 1000.0);
    return tail;
  }

  @Produces
  @Singleton
  Traces traces(
      OpenTelemetry telemetry, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean off) {
    return off ? Traces.OFF : Traces.to(telemetry);
  }

  @Produces
  @Singleton
  RunIndex runs(MillraceConfig config, Meters meters) {
    return new RunIndex(config.runs(), meters);
  }

  @Produces
  @Singleton
  ShardSettings shards(MillraceConfig config, Traces traces, InstantSource clock) {
    return new ShardSettings(
        config.topic().name(),
        config.heartbeat(),
        config.checkpointAfter(),
        config.connection().bytesPerTurn().asLongValue(),
        clock,
        LoopTimer.OF_THE_LOOP,
        traces);
  }

  @Produces
  @Singleton
  Fanout fanout(TailLog tail, ReplayReader past, ShardSettings settings, Meters meters) {
    return new Fanout(tail, past, settings, meters);
  }

  @Produces
  @Singleton
  Admission admission(
      MillraceConfig config,
      @ConfigProperty(name = Descriptors.MAX_CONNECTIONS) int maxConnections,
      Meters meters) {
    Admission admission = new Admission(config.limits(), maxConnections, meters);
    int configured = config.limits().maxStreams();
    if (admission.maxStreams() < configured) {
      EventBusLog.LOG.fewDescriptors(admission.maxStreams(), configured, maxConnections);
    }
    return admission;
  }

  @Produces
  @Singleton
  Heartbeats heartbeats(Fanout fanout, Meters meters) {
    return new Heartbeats(fanout, meters);
  }

  @Produces
  @Singleton
  PipelineLog pipelineLog(InstantSource clock, Meters meters) {
    return new PipelineLog(clock, meters);
  }

  @Produces
  @Singleton
  Drain drain(Fanout fanout, InstantSource clock, Meters meters) {
    return new Drain(fanout, clock, meters);
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

  void serve(
      @Observes StartupEvent started, Vertx vertx, Heartbeats heartbeats, PipelineLog pipelineLog) {
    pipelineLog.watch();
    heartbeats.start(((VertxInternal) vertx).getEventLoopGroup());
  }

  void read(@Observes StartupEvent started, TopicTail tail, ReplayReader past) {
    tail.start();
    past.start();
  }

  void startAside(
      @Observes StartupEvent started, ControlTopic control, DeadLetterQueue deadLetters) {
    control.start();
    deadLetters.start();
  }

  void findKeys(
      @Observes StartupEvent started,
      SigningKeys keys,
      @Readiness StreamReadiness readiness,
      Meters meters) {
    meters.begin();
    keys.start();
    meters.gauge(
        "millrace.ready", "1 when this replica is ready", () -> readiness.isReady() ? 1 : 0);
  }

  /** The process was told to end, and goes on for as long as {@code quarkus.shutdown.delay}. */
  void drain(
      @Observes ShutdownDelayInitiatedEvent ending,
      Vertx vertx,
      Admission admission,
      Drain drain,
      @ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> window) {
    SecondSignal.watch();
    admission.drain();
    drain.start(((VertxInternal) vertx).getEventLoopGroup(), window.orElse(Duration.ZERO));
  }

  void stop(@Observes ShutdownEvent stopping, Drain drain) throws InterruptedException {
    drain.await(LAST_STREAMS);
  }

  /** After the last streams have ended. */
  void close(
      @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent stopping,
      TopicTail tail,
      ReplayReader past,
      TopicAdmin admin) {
    tail.close();
    past.close();
    admin.close();
  }

  void stopAside(
      @Observes ShutdownEvent stopping,
      ControlTopic control,
      DeadLetterQueue deadLetters,
      SigningKeys keys) {
    control.close();
    deadLetters.close();
    keys.close();
  }
}
