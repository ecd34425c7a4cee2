package io.millrace.kafka.publish;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.OutgoingMessageMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * The channel records leave through. Its scope has it made when it is first used, not before:
 * routes are bound, with all that they need, before SmallRye has connected its channels. Any
 * thread.
 */
@ApplicationScoped
class Outlet {

  static final String CHANNEL = "millrace-publish";

  private final MutinyEmitter<ProducerRecord<byte[], byte[]>> emitter;

  /** Unbounded here: {@link InFlight} bounds what comes this far, in bytes. */
  Outlet(
      @Channel(CHANNEL) @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
          MutinyEmitter<ProducerRecord<byte[], byte[]>> emitter) {
    this.emitter = emitter;
  }

  Uni<Place> send(ProducerRecord<byte[], byte[]> record) {
    OutgoingMessageMetadata<RecordMetadata> result = new OutgoingMessageMetadata<>();
    return emitter
        .sendMessage(Message.of(record).addMetadata(result))
        .map(written -> new Place(result.getResult().partition(), result.getResult().offset()));
  }
}
