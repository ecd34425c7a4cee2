package io.millrace.cli.doctor.probe;

import io.millrace.cli.listen.EventStreamParser;
import io.millrace.cli.listen.ServerSentEvent;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Takes the bytes of a response as the HTTP client reads them from its socket: an input stream
 * would tell when somebody asked for them. On the HTTP client's threads, one after the other.
 */
final class Intake
    implements HttpResponse.BodyHandler<Ending>,
        HttpResponse.BodySubscriber<Ending>,
        EventStreamParser.Listener {

  /** The most any phase sends is 16 MiB; a server that goes on is left. */
  private static final long MAX_BYTES = 20L << 20;

  private final Recording recording;
  private final EventStreamParser parser = new EventStreamParser("", this);
  private final CompletableFuture<Ending> body = new CompletableFuture<>();
  private volatile Optional<Flow.Subscription> subscription = Optional.empty();
  private volatile boolean cancelled;

  Intake(Recording recording) {
    this.recording = recording;
  }

  @Override
  public HttpResponse.BodySubscriber<Ending> apply(HttpResponse.ResponseInfo head) {
    recording.answered(head);
    return this;
  }

  @Override
  public void onSubscribe(Flow.Subscription taken) {
    subscription = Optional.of(taken);
    if (cancelled) {
      taken.cancel();
    } else {
      taken.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      take(bytes);
    }
  }

  private void take(byte[] bytes) {
    recording.read(bytes, bytes.length);
    if (recording.bytes() > MAX_BYTES) {
      recording.leave();
    } else if (recording.isPlainStream()) {
      parser.feed(bytes, bytes.length);
    }
  }

  @Override
  public void event(ServerSentEvent event) {
    ProbeEvent.in(event.data()).ifPresent(recording::arrived);
  }

  @Override
  public void comment(String text) {
    // A heartbeat; the read itself is on record.
  }

  @Override
  public void retry(Duration reconnectionTime) {
    // Nobody reconnects here.
  }

  @Override
  public void onError(Throwable broken) {
    recording.ended(Ending.BROKEN, Optional.of(broken));
    body.completeExceptionally(broken);
  }

  @Override
  public void onComplete() {
    recording.ended(Ending.COMPLETE, Optional.empty());
    body.complete(Ending.COMPLETE);
  }

  @Override
  public CompletionStage<Ending> getBody() {
    return body;
  }

  /** Closes the connection, or resets the stream of HTTP/2. */
  void cancel() {
    cancelled = true;
    subscription.ifPresent(Flow.Subscription::cancel);
    body.complete(Ending.LEFT);
  }
}
