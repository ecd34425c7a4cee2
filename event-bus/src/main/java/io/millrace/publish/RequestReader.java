package io.millrace.publish;

import io.millrace.config.MillraceConfig;
import io.millrace.event.Addressing;
import io.millrace.event.Scope;
import io.millrace.kafka.publish.EventPublisher;
import io.millrace.kafka.publish.OutgoingEvent;
import io.millrace.kafka.publish.OutgoingEvent.Header;
import io.millrace.kafka.record.CloudEvent;
import io.millrace.publish.Refusal.Fault;
import io.millrace.subscribe.Query;
import io.millrace.telemetry.Traces;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * From the parts of a request to the events in it, each one that the topic can take: what would be
 * malformed there is refused here. Worker threads.
 */
@Singleton
final class RequestReader {

  private static final String KEY = "key";
  private static final String JSON = "application/json";

  private final EventPublisher publisher;
  private final Addressing addressing;
  private final MillraceConfig config;

  RequestReader(EventPublisher publisher, Addressing addressing, MillraceConfig config) {
    this.publisher = publisher;
    this.addressing = addressing;
    this.config = config;
  }

  /**
   * The parts of a request.
   *
   * @param mode how it carries its events
   * @param contentType its {@code Content-Type}
   * @param attributes its {@code ce-*} headers by lower-case name, without the prefix
   * @param query says whom events are for that don't say so themselves
   * @param traceparent the span it was sent in; empty when it is in none
   */
  record Parts(
      ContentMode mode,
      String contentType,
      Map<String, List<String>> attributes,
      Query query,
      String traceparent) {}

  /**
   * The events, in their order.
   *
   * @throws RefusedException when one of them can't be published; then none may be
   */
  List<OutgoingEvent> read(Parts parts, byte[] body) {
    List<OutgoingEvent> events = events(parts, body);
    return parts.traceparent().isEmpty()
        ? events
        : events.stream().map(event -> event.sentIn(parts.traceparent())).toList();
  }

  private List<OutgoingEvent> events(Parts parts, byte[] body) {
    if (parts.mode() == ContentMode.BATCH) {
      return batch(parts.query(), body);
    }
    try {
      OutgoingEvent event =
          switch (parts.mode()) {
            case PLAIN -> event(Map.of(), List.of(), parts.query(), body);
            case BINARY -> binary(parts, body);
            case STRUCTURED, BATCH -> structured(parts.query(), body);
          };
      long limit = config.topic().maxEventSize().asLongValue();
      if (event.value().length > limit) {
        throw new RefusedException(
            Refusal.tooLarge("an event must not have more than " + limit + " bytes"));
      }
      return List.of(checked(event));
    } catch (FieldException wrong) {
      Fault fault = new Fault(OptionalInt.empty(), wrong.field(), wrong.detail());
      throw new RefusedException(Refusal.malformed(List.of(fault)));
    }
  }

  private List<OutgoingEvent> batch(Query query, byte[] body) {
    List<byte[]> each;
    try {
      each = CloudEvent.batch(body);
    } catch (IllegalArgumentException malformed) {
      Fault fault = new Fault(OptionalInt.empty(), "body", String.valueOf(malformed.getMessage()));
      throw new RefusedException(Refusal.malformed(List.of(fault)));
    }
    int limit = config.publish().maxBatchEvents();
    if (each.size() > limit) {
      throw new RefusedException(
          Refusal.tooLarge("a batch must not have more than " + limit + " events"));
    }
    List<OutgoingEvent> events = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < each.size(); i++) {
      try {
        events.add(checked(structured(query, each.get(i))));
      } catch (FieldException wrong) {
        faults.add(new Fault(OptionalInt.of(i), wrong.field(), wrong.detail()));
      }
    }
    if (!faults.isEmpty()) {
      throw new RefusedException(Refusal.malformed(faults));
    }
    return events;
  }

  private OutgoingEvent binary(Parts parts, byte[] body) {
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    parts
        .attributes()
        .forEach(
            (name, texts) ->
                attributes.put(name, texts.stream().map(t -> decoded(name, t)).toList()));
    EventAttributes.check(attributes);
    List<Header> headers = EventAttributes.headers(attributes, parts.contentType());
    return event(attributes, headers, parts.query(), body);
  }

  /** CloudEvents over HTTP percent-encode what a header can't hold; a plus is a plus. */
  private static String decoded(String name, String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new FieldException(name, name + " is not percent-encoded UTF-8");
    }
  }

  private OutgoingEvent structured(Query query, byte[] json) {
    CloudEvent event;
    try {
      event = CloudEvent.read(json);
    } catch (IllegalArgumentException malformed) {
      throw new FieldException("data", String.valueOf(malformed.getMessage()));
    }
    EventAttributes.check(event.attributes());
    String type = only(event.attributes(), "datacontenttype").orElse(JSON);
    if (!type.toLowerCase(Locale.ROOT).matches("application/(json|.+\\+json)(;.*)?")) {
      throw new FieldException("datacontenttype", "datacontenttype must be JSON");
    }
    List<Header> headers = EventAttributes.headers(event.attributes(), type);
    return event(event.attributes(), headers, query, event.data());
  }

  private OutgoingEvent event(
      Map<String, List<String>> attributes, List<Header> headers, Query query, byte[] value) {
    List<Header> all = new ArrayList<>(headers);
    List<String> scopes =
        attributes.getOrDefault(EventAttributes.SCOPE, query.all(EventAttributes.SCOPE));
    all.addAll(EventAttributes.scopes(scopes));
    Optional<String> run =
        only(attributes, EventAttributes.RUN_ID).or(() -> once(query, EventAttributes.RUN_ID));
    if (run.isPresent() && !Scope.isName(run.get())) {
      throw new FieldException(EventAttributes.RUN_ID, "runid must be a name");
    }
    run.ifPresent(id -> all.add(new Header(EventAttributes.RUN_ID, id)));
    only(attributes, EventAttributes.TRACEPARENT)
        .filter(Traces::isTraceparent)
        .ifPresent(span -> all.add(new Header(EventAttributes.TRACEPARENT, span)));
    EventAttributes.checkSize(all);
    String key =
        only(attributes, EventAttributes.KEY)
            .or(() -> once(query, KEY))
            .or(() -> addressing.keyOf(scopes))
            .orElseThrow(() -> new FieldException(KEY, "key must say whom the event is for"));
    return new OutgoingEvent(key, value, all);
  }

  private static Optional<String> only(Map<String, List<String>> attributes, String name) {
    return attributes.getOrDefault(name, List.of()).stream().findFirst();
  }

  private static Optional<String> once(Query query, String name) {
    if (query.isRepeated(name)) {
      throw new FieldException(name, name + " must be given once");
    }
    return query.all(name).stream().findFirst();
  }

  private OutgoingEvent checked(OutgoingEvent event) {
    publisher
        .fault(event)
        .ifPresent(
            fault -> {
              throw new FieldException(field(fault.part()), fault.reason());
            });
    return event;
  }

  /** What a part of the record is called in a request. */
  private static String field(String part) {
    return switch (part) {
      case "value" -> "data";
      case "ce_type" -> "type";
      default -> part;
    };
  }
}
