package io.millrace.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The spans of events on their way to browsers: children of the span an event was sent in, where
 * its producer had that sampled. Off by default, and then nothing is looked at. Any thread.
 */
public final class Traces {

  /** No spans. */
  public static final Traces OFF = new Traces(Optional.empty());

  private static final String SCOPE = "io.millrace";

  /** W3C Trace Context, §3.2; later versions may go on after the flags. */
  private static final Pattern TRACEPARENT =
      Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]([0-9a-f])(-.*)?");

  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("messaging.operation.name");
  private static final AttributeKey<String> TOPIC =
      AttributeKey.stringKey("messaging.destination.name");
  private static final AttributeKey<String> PARTITION =
      AttributeKey.stringKey("messaging.destination.partition.id");
  private static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");

  private final Optional<Tracer> tracer;

  private Traces(Optional<Tracer> tracer) {
    this.tracer = tracer;
  }

  /** Spans go where this sends them. */
  public static Traces to(OpenTelemetry telemetry) {
    return new Traces(Optional.of(telemetry.getTracer(SCOPE)));
  }

  public boolean isOn() {
    return tracer.isPresent();
  }

  /** The value of a {@code traceparent} header if it is of a sampled span, else nothing. */
  public static String sampled(String traceparent) {
    Matcher parts = TRACEPARENT.matcher(traceparent);
    return parts.matches() && Character.digit(parts.group(3).charAt(0), 16) % 2 == 1
        ? traceparent
        : "";
  }

  /** Whether it could be a {@code traceparent}. */
  public static boolean isTraceparent(String value) {
    return TRACEPARENT.matcher(value).matches();
  }

  /**
   * The way of an event, from its record's time stamp to its write.
   *
   * @param sentMillis epoch milliseconds
   * @param writtenMillis epoch milliseconds
   */
  public record Way(
      String topic, int partition, long offset, long sentMillis, long writtenMillis) {}

  /** An event was written to those of one event loop. */
  public void delivered(String traceparent, Way way) {
    Matcher parts = TRACEPARENT.matcher(traceparent);
    if (tracer.isEmpty() || !parts.matches()) {
      return;
    }
    SpanContext sent =
        SpanContext.createFromRemoteParent(
            parts.group(1), parts.group(2), TraceFlags.getSampled(), TraceState.getDefault());
    tracer
        .get()
        .spanBuilder("deliver " + way.topic())
        .setParent(Context.root().with(Span.wrap(sent)))
        .setSpanKind(SpanKind.CONSUMER)
        .setStartTimestamp(way.sentMillis(), TimeUnit.MILLISECONDS)
        .setAttribute(SYSTEM, "kafka")
        .setAttribute(OPERATION, "deliver")
        .setAttribute(TOPIC, way.topic())
        .setAttribute(PARTITION, Integer.toString(way.partition()))
        .setAttribute(OFFSET, way.offset())
        .startSpan()
        .end(way.writtenMillis(), TimeUnit.MILLISECONDS);
  }
}
