package io.millrace.kafka.record;

import io.millrace.config.MillraceConfig;
import io.millrace.event.Addressing;
import io.millrace.event.Event;
import io.millrace.event.Route;
import io.millrace.event.Scope;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Events of AI conversations, made of records by the decoder that a service has. */
public final class AgUiRecords {

  public static final MillraceConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withMapping(MillraceConfig.class)
          .addDiscoveredConverters()
          .withDefaultValue("millrace.topic.name", "ai")
          .build()
          .getConfigMapping(MillraceConfig.class);

  private static final RecordDecoder DECODER = new RecordDecoder(new Conversations(), CONFIG);

  private AgUiRecords() {}

  /** As the AI service files them. */
  private static final class Conversations implements Addressing {
    @Override
    public Set<Route> routes(Address address) {
      Set<Route> routes = new HashSet<>();
      routes.add(new Route.Conversation(address.key()));
      address.runId().ifPresent(run -> routes.add(new Route.Run(address.key(), run)));
      address.scopes().forEach(scope -> routes.add(Scope.parse(scope)));
      return Set.copyOf(routes);
    }

    @Override
    public boolean hasRuns() {
      return true;
    }
  }

  /** The event of a record of partition 0; headers as {@code name=value}. */
  public static Event event(long offset, String key, String value, String... headers) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("ai", 0, offset, utf8(key), utf8(value));
    for (String header : headers) {
      int at = header.indexOf('=');
      record.headers().add(header.substring(0, at), utf8(header.substring(at + 1)));
    }
    return DECODER.decode(record);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
