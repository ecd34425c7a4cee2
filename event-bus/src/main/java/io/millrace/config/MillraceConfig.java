package io.millrace.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * What an operator can set. Kafka itself is configured by {@code kafka.*}, tokens by {@code
 * mp.jwt.*}.
 */
@ConfigMapping(prefix = "millrace")
public interface MillraceConfig {

  /** The topic this service streams. */
  Topic topic();

  /** The recent past held in memory. */
  Tail tail();

  /** Every open stream. */
  Connection connection();

  /** Which token claims say who the caller is. */
  Identity identity();

  /** Publishing over HTTP. */
  Publish publish();

  /** Revocations, and ends of conversations. */
  Control control();

  /** Malformed records, set aside. */
  Dlq dlq();

  /**
   * Longest silence on a stream. The shortest idle cut of a common proxy is 30 s (Front Door,
   * Traffic Server), so it stays below that.
   */
  @WithDefault("25s")
  Duration heartbeat();

  interface Topic {
    /** Name of the Kafka topic. */
    String name();

    /** What a record's value is: JSON, checked, or opaque text. */
    @WithDefault("json")
    Payload payload();

    /** Largest record value. Larger ones are malformed: proxies and browsers hold events whole. */
    @WithDefault("64K")
    MemorySize maxEventSize();
  }

  enum Payload {
    JSON,
    TEXT
  }

  interface Tail {
    /** Most memory for events. 64 MB hold about a hundred thousand events of 300 bytes. */
    @WithDefault("64M")
    MemorySize maxBytes();

    /** How long an event is held: longer than any reconnect after a rollout takes. */
    @WithDefault("15m")
    Duration maxAge();

    /** How far back to read before the replica is ready, so that reconnects find their place. */
    @WithDefault("5m")
    Duration warmStart();
  }

  interface Publish {
    /** Whether POST is answered at all. Without the role nobody can use it, so it may be on. */
    @WithDefault("true")
    boolean enabled();

    /** The role, among those of the token, that may publish: to anyone, of any tenant. */
    @WithDefault("publisher")
    String role();

    /** Largest body: sixteen of the largest events, or some thousands of small ones. */
    @WithDefault("1M")
    MemorySize maxBodySize();

    /** Most events of one batch: each has a cursor in the answer. */
    @WithDefault("1000")
    int maxBatchEvents();

    /** Bytes of bodies that may be on their way at once; beyond them a request is put off. */
    @WithDefault("16M")
    MemorySize maxInFlight();

    /** How long a body may take to arrive, and the broker to acknowledge it. */
    @WithDefault("10s")
    Duration timeout();
  }

  interface Control {
    /** Whether the control topic is read. */
    @WithDefault("true")
    boolean enabled();

    /** Name of the control topic. One that does not exist says nothing. */
    @WithDefault("stream-control")
    String topic();

    /**
     * Longest validity of a token. A revocation is remembered for as long, so a token that is valid
     * for longer could outlive it, and is refused. Common issuers stay below a day.
     */
    @WithDefault("30d")
    Duration maxTokenLifetime();

    /** Most revocations held, and most ended conversations: a hundred thousand take some 10 MB. */
    @WithDefault("100000")
    int maxEntries();
  }

  interface Dlq {
    /**
     * Whether malformed records are copied to {@code <topic>.dlq}. It takes more than to read the
     * topic (a consumer group, a topic to write to), so it is asked for.
     */
    @WithDefault("false")
    boolean enabled();
  }

  interface Connection {
    /**
     * Age at which a stream is ended (±10 %): below the total caps of 60 minutes that proxies have.
     */
    @WithDefault("54m")
    Duration maxAge();

    /**
     * SO_SNDBUF of a stream's socket. Without a bound 300 stalled clients held 1.2 GB of kernel
     * memory; the price of this one was not measurable.
     */
    @WithDefault("64K")
    MemorySize sendBuffer();

    /**
     * Bytes that may wait in the process for one socket; beyond them the subscriber falls behind.
     */
    @WithDefault("32K")
    MemorySize writeQueue();

    /** Most bytes of events for one subscriber before the next has its turn. */
    @WithDefault("64K")
    MemorySize bytesPerTurn();
  }

  interface Identity {
    /** Claim with the caller's tenant. */
    @WithDefault("tenant")
    String tenantClaim();

    /** Claim with the caller's roles inside the tenant. */
    @WithDefault("groups")
    String rolesClaim();

    /** Claim with the conversations the caller may follow. */
    @WithDefault("conversations")
    String conversationsClaim();

    /** Most scopes and grants of one stream: each costs an index entry. */
    @WithDefault("256")
    int maxRoutes();
  }
}
