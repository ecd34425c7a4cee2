package io.millrace.kafka.record;

import io.millrace.config.MillraceConfig;
import io.millrace.config.MillraceConfig.Payload;
import io.millrace.event.Addressing;
import io.millrace.event.Addressing.Address;
import io.millrace.event.Event;
import io.millrace.event.Part;
import io.millrace.event.Route;
import io.millrace.event.Scope;
import io.millrace.telemetry.Traces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Record to event: checks what a producer wrote (wire.md §1) and takes from it what subscribers
 * need. Poll thread.
 */
@Singleton
public final class RecordDecoder {

  private static final String TYPE = "ce_type";
  private static final String SCOPE = "scope";
  private static final String RUN_ID = "runid";
  private static final String TRACEPARENT = "traceparent";
  private static final String CONTENT_TYPE = "content-type";
  private static final String STRUCTURED = "application/cloudevents+json";

  /** The name an event has when it has none: leaving it out lets {@code onmessage} fire. */
  private static final String DEFAULT_TYPE = "message";

  private final Addressing addressing;
  private final boolean runs;
  private final RunVocabulary vocabulary;
  private final Payload payload;
  private final long maxEventSize;
  private final Traces traces;

  public RecordDecoder(Addressing addressing, MillraceConfig config) {
    this(addressing, config, Traces.OFF);
  }

  @Inject
  public RecordDecoder(Addressing addressing, MillraceConfig config, Traces traces) {
    this.addressing = addressing;
    this.runs = addressing.hasRuns();
    this.vocabulary = new RunVocabulary(config.runs());
    this.payload = config.topic().payload();
    this.maxEventSize = config.topic().maxEventSize().asLongValue();
    this.traces = traces;
  }

  /** How far back a tail of such records starts: runs are to be known from their beginning. */
  public Duration warmStart(MillraceConfig config) {
    Duration tail = config.tail().warmStart();
    Duration lookBack = config.runs().lookBack();
    return runs && lookBack.compareTo(tail) > 0 ? lookBack : tail;
  }

  /**
   * @throws MalformedRecordException when the record can't become an event
   */
  public Event decode(ConsumerRecord<byte @Nullable [], byte[]> record) {
    return decode(record, record.value());
  }

  private Event decode(ConsumerRecord<byte @Nullable [], ?> record, byte[] value) {
    if (value.length > maxEventSize) {
      throw new MalformedRecordException(
          "value has " + value.length + " bytes, more than max-event-size " + maxEventSize);
    }
    if (value.length == 0) {
      throw new MalformedRecordException("value is empty");
    }
    byte[] key = record.key();
    if (key == null) {
      throw new MalformedRecordException("key", "key is absent");
    }
    Utf8Text.require("value", value);
    return decode(record, Utf8Text.decode("key", key), value);
  }

  /**
   * What is wrong with a record.
   *
   * @param part {@code key}, {@code value} or the name of a header
   * @param reason for its producer; names the part, never its content
   */
  public record Fault(String part, String reason) {}

  /**
   * Why a record can't become an event; empty for one that can, and for a tombstone. Any thread.
   */
  public Optional<Fault> fault(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
    byte[] value = record.value();
    if (value == null) {
      return Optional.empty();
    }
    try {
      decode(record, value);
      return Optional.empty();
    } catch (MalformedRecordException malformed) {
      return Optional.of(new Fault(malformed.part(), String.valueOf(malformed.getMessage())));
    } catch (RuntimeException | StackOverflowError fault) {
      return Optional.of(new Fault("value", "the decoder failed"));
    }
  }

  private Event decode(ConsumerRecord<?, ?> record, String key, byte[] value) {
    Headers headers = record.headers();
    String type = text(headers, TYPE).orElse("");
    byte[] data = value;
    if (text(headers, CONTENT_TYPE).filter(t -> t.startsWith(STRUCTURED)).isPresent()) {
      CloudEvent event = CloudEvent.structured(value);
      type = event.type();
      data = event.data();
    }
    Optional<String> header = text(headers, RUN_ID);
    Optional<String> runId = header;
    Part part = Part.NONE;
    if (payload == Payload.JSON) {
      JsonPayload json = JsonPayload.of(data, runs);
      data = json.bytes();
      // A payload's words are its own: one that can't be a run leaves the event in its
      // conversation.
      runId = header.or(() -> json.runId().filter(Scope::isName));
      part = runs ? vocabulary.part(json, header, type) : part;
    } else {
      data = Utf8Text.lines(data);
      part = runs ? vocabulary.named(header, type) : part;
    }
    Address address = new Address(key, scopes(headers), runId);
    Set<Route> routes = in("key", () -> addressing.routes(address));
    return event(record, routes, type, data, part);
  }

  private Event event(
      ConsumerRecord<?, ?> record, Set<Route> routes, String type, byte[] data, Part part) {
    String name = type.equals(DEFAULT_TYPE) ? "" : type;
    boolean multiline = payload == Payload.TEXT && Utf8Text.hasLines(data);
    return in(
        TYPE,
        () ->
            new Event(
                record.partition(),
                record.offset(),
                routes,
                name,
                data,
                multiline,
                part,
                Math.max(record.timestamp(), 0),
                traceparent(record.headers())));
  }

  /** Telemetry only: one that can't be read is none. */
  private String traceparent(Headers headers) {
    if (!traces.isOn()) {
      return "";
    }
    Header header = headers.lastHeader(TRACEPARENT);
    return header == null || header.value() == null
        ? ""
        : Traces.sampled(new String(header.value(), StandardCharsets.ISO_8859_1));
  }

  /** Says which part an event's own checks found wrong. */
  private static <T> T in(String part, Supplier<T> step) {
    try {
      return step.get();
    } catch (IllegalArgumentException invalid) {
      throw new MalformedRecordException(part, String.valueOf(invalid.getMessage()));
    }
  }

  private static List<String> scopes(Headers headers) {
    List<String> scopes = new ArrayList<>();
    // Not headers(SCOPE), whose iterator took an eighth of the time a record takes.
    for (Header header : headers) {
      if (header.key().equals(SCOPE)) {
        scopes.add(text(header));
      }
    }
    return scopes;
  }

  private static Optional<String> text(Headers headers, String name) {
    return Optional.ofNullable(headers.lastHeader(name)).map(RecordDecoder::text);
  }

  private static String text(Header header) {
    byte[] value = header.value();
    if (value == null) {
      throw new MalformedRecordException(header.key(), "header " + header.key() + " has no value");
    }
    return Utf8Text.decode("header " + header.key(), value);
  }
}
