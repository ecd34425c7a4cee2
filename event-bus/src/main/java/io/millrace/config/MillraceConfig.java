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

  /** Reading what lies before the tail. */
  ReplayConfig replay();

  /** Runs of agents. */
  RunsConfig runs();

  /** Every open stream. */
  Connection connection();

  /** How many streams there may be. */
  Limits limits();

  /** Which token claims say who the caller is. */
  Identity identity();

  /** Publishing over HTTP. */
  PublishConfig publish();

  /** What lies between a client and this service. */
  ProbeConfig probe();

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

  /**
   * Events for others after which the heartbeat of a silent stream is a fresh cursor. Looking
   * through a thousand events again costs well below a millisecond.
   */
  @WithDefault("1000")
  long checkpointAfter();

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
     * Time without an event after which a stream is ended (±10 %); heartbeats are no events; 0 for
     * never. Only where the maximum age is longer does it come first.
     */
    @WithDefault("1h")
    Duration idle();

    /**
     * Longest time a socket may take nothing while something waits for it. A phone in a tunnel is
     * back sooner; until then the stream holds its send buffer and its write queue.
     */
    @WithDefault("60s")
    Duration maxStall();

    /**
     * TCP_USER_TIMEOUT: how long sent bytes may stay unacknowledged before the kernel gives the
     * connection up, where the transport is native; 0 for the kernel's own quarter of an hour.
     * Longer than max-stall, so that a client that only reads nothing is told first.
     */
    @WithDefault("90s")
    Duration tcpUserTimeout();

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

  interface Limits {
    /**
     * Most streams of this replica; fewer where it may open fewer files. An idle one takes 6 KB of
     * heap: these take 120 MB, two fifths of the heap of a pod of 512 MB.
     */
    @WithDefault("20000")
    int maxStreams();

    /**
     * Most streams of one caller, by the {@code sub} of its token; 0 for no limit. A person's tabs
     * and devices stay far below, a client that opens streams in a loop does not.
     */
    @WithDefault("100")
    int maxStreamsPerCaller();

    /** What a caller at its limit gets. */
    @WithDefault("reject")
    PerCallerMode perCallerMode();

    /**
     * Most streams of one address; 0 for no limit, since a company or a proxy may be one address.
     * The peer's, or the one it forwards for where {@code quarkus.http.proxy} says so.
     */
    @WithDefault("0")
    int maxStreamsPerAddress();

    /**
     * Most requests whose token is being verified. One takes about a tenth of a millisecond of a
     * core, so the last of these waits a tenth of a second; more wait only for a slow issuer.
     */
    @WithDefault("1000")
    int maxAuthenticating();

    /**
     * Status of a soft reject: 200, or 503 with Retry-After for clients that are not a native
     * EventSource, which would give up for good.
     */
    @WithDefault("200")
    int overloadResponse();
  }

  enum PerCallerMode {
    /** The new stream is refused. */
    REJECT,
    /** The new stream is opened, and the caller's oldest is ended. */
    END_OLDEST
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

    /**
     * How long a verified token is known and not verified again: the longest that a signing key
     * goes on counting after it was withdrawn. What is revoked is revoked at once. 0 for never.
     */
    @WithDefault("1m")
    Duration knownFor();

    /** Most tokens known, half a kilobyte each: one for each stream of a full replica. */
    @WithDefault("20000")
    int maxKnown();

    /** Most scopes and grants of one stream: each costs an index entry. */
    @WithDefault("256")
    int maxRoutes();
  }
}
