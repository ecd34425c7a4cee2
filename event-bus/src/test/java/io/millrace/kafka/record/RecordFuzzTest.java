package io.millrace.kafka.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.config.MillraceConfig;
import io.millrace.event.Addressing;
import io.millrace.event.Event;
import io.millrace.event.Route;
import io.millrace.event.Scope;
import io.millrace.run.RunIndex;
import io.millrace.sse.EventEncoder;
import io.millrace.telemetry.Meters;
import io.millrace.testing.Allocation;
import io.millrace.testing.LogCapture;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Whatever a producer writes: an event whose frame is one frame, or a malformed record; never a
 * fence, never a log line that says what the producer wants, never memory beyond its size.
 */
class RecordFuzzTest {

  /** Buffers of the JSON parser, which it takes anew when a thread's own are in use. */
  private static final long BYTES_FOR_A_RECORD = 128 << 10;

  private static final long BYTES_PER_BYTE = 64;

  private static final JsonFactory JSON = new JsonFactory();

  /** What one record came to. */
  private record Outcome(Event event, double malformed, double fences, List<String> log) {}

  /** As both services address, one after the other. */
  private static final Addressing ADDRESSING =
      new Addressing() {
        @Override
        public Set<Route> routes(Address address) {
          return RecordFuzzTest.routes(address);
        }

        @Override
        public boolean hasRuns() {
          return true;
        }
      };

  private static MillraceConfig config(String payload) {
    return new SmallRyeConfigBuilder()
        .withMapping(MillraceConfig.class)
        .addDiscoveredConverters()
        .withDefaultValue("millrace.topic.name", "t")
        .withDefaultValue("millrace.topic.payload", payload)
        .build()
        .getConfigMapping(MillraceConfig.class);
  }

  private static RecordDecoder decoder(String payload) {
    return new RecordDecoder(ADDRESSING, config(payload));
  }

  private static final RecordDecoder JSON_TOPIC = decoder("json");
  private static final RecordDecoder TEXT_TOPIC = decoder("text");

  private static Set<Route> routes(Addressing.Address address) {
    List<String> scopes = address.scopes().isEmpty() ? List.of(address.key()) : address.scopes();
    Set<Route> routes = scopes.stream().map(Scope::parse).collect(Collectors.toSet());
    routes.add(new Route.Conversation(address.key()));
    address.runId().ifPresent(run -> routes.add(new Route.Run(address.key(), run)));
    return routes;
  }

  private static RecordIntake intake(RecordDecoder decoder, Meters meters) {
    RunIndex runs = new RunIndex(config("json").runs(), meters);
    return new RecordIntake("t", decoder, runs, meters, () -> Instant.EPOCH);
  }

  private static Outcome take(RecordDecoder decoder, ConsumerRecord<byte[], byte[]> record) {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    // A new one each time: it logs once per minute.
    RecordIntake intake = intake(decoder, new Meters(registry));
    try (LogCapture log = new LogCapture()) {
      Event event = intake.events(List.of(record)).get(0);
      double fences =
          registry.find("millrace.fences").counters().stream().mapToDouble(c -> c.count()).sum();
      double malformed = registry.get("millrace.events.malformed").counter().count();
      return new Outcome(event, malformed, fences, log.containing(""));
    }
  }

  @Provide
  Arbitrary<ConsumerRecord<byte[], byte[]>> records() {
    return FuzzedRecords.any();
  }

  @Property(tries = 6_000)
  void isOneFrameOrMalformed(@ForAll("records") ConsumerRecord<byte[], byte[]> record) {
    // When
    Outcome outcome = take(JSON_TOPIC, record);

    // Then
    assertDefined(outcome);
    if (outcome.malformed() == 0) {
      assertFrame(outcome.event(), List.of(outcome.event().text()));
      assertEquals(tokens(json(record)), tokens(outcome.event().text()));
    }
  }

  @Property(tries = 3_000)
  void isOneFrameOrMalformedOnATopicOfText(
      @ForAll("records") ConsumerRecord<byte[], byte[]> record) {
    // When
    Outcome outcome = take(TEXT_TOPIC, record);

    // Then
    assertDefined(outcome);
    if (outcome.malformed() == 0) {
      assertFrame(outcome.event(), Arrays.asList(outcome.event().text().split("\n", -1)));
    }
  }

  @Property(tries = 2_000)
  void allocatesInProportionToTheRecord(@ForAll("records") ConsumerRecord<byte[], byte[]> record) {
    // Given
    Meters meters = new Meters(new SimpleMeterRegistry());
    RecordIntake intake = intake(JSON_TOPIC, meters);
    List<Event> kept = new ArrayList<>();

    // When
    long allocated = Allocation.of(() -> kept.addAll(intake.events(List.of(record))));

    // Then
    long size = record.value().length + (record.key() == null ? 0 : record.key().length);
    for (Header header : record.headers()) {
      size += header.value() == null ? 0 : header.value().length;
    }
    long deserved = BYTES_FOR_A_RECORD + BYTES_PER_BYTE * size;
    assertTrue(allocated <= deserved, allocated + " bytes, more than " + deserved);
  }

  private static void assertDefined(Outcome outcome) {
    // A property over one kind alone would say little.
    Statistics.label("malformed")
        .collect(outcome.malformed() == 1)
        .coverage(
            coverage -> {
              coverage.check(true).percentage(share -> share > 10);
              coverage.check(false).percentage(share -> share > 10);
            });
    assertEquals(0, outcome.fences());
    assertEquals(outcome.malformed() == 1, outcome.event().routes().isEmpty());
    assertEquals(outcome.malformed(), outcome.log().size());
    for (String line : outcome.log()) {
      assertTrue(line.chars().noneMatch(Character::isISOControl), line);
      assertTrue(line.length() < 200, line);
      assertFalse(line.contains("forged"), line);
    }
  }

  /** Byte for byte what a client must read: an id, a name or none, lines of data, an end. */
  private static void assertFrame(Event event, List<String> data) {
    ByteBuf out = Unpooled.buffer();
    EventEncoder.encode(out, "1.e.AA", event.type(), event);
    List<String> lines = List.of(strictly(out).split("\n", -1));
    int first = event.type().isEmpty() ? 1 : 2;
    assertEquals("id: 1.e.AA", lines.get(0));
    if (first == 2) {
      assertTrue(lines.get(1).startsWith("event: "), lines.get(1));
      assertFalse(lines.get(1).startsWith("event: stream."), lines.get(1));
    }
    assertEquals(
        data.stream().map(line -> "data: " + line).toList(),
        lines.subList(first, lines.size() - 2));
    assertEquals(List.of("", ""), lines.subList(lines.size() - 2, lines.size()));
    assertTrue(lines.stream().noneMatch(line -> line.indexOf('\r') >= 0));
  }

  private static String strictly(ByteBuf bytes) {
    try {
      ByteBuffer all = ByteBuffer.wrap(bytes.array(), 0, bytes.writerIndex());
      return StandardCharsets.UTF_8.newDecoder().decode(all).toString();
    } catch (CharacterCodingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JSON that was meant: the value, or the last data of a structured CloudEvent. */
  private static String json(ConsumerRecord<byte[], byte[]> record) {
    String value = new String(record.value(), StandardCharsets.UTF_8);
    Header type = record.headers().lastHeader("content-type");
    String contentType = type == null ? "" : new String(type.value(), StandardCharsets.UTF_8);
    if (!contentType.startsWith("application/cloudevents+json")) {
      return value;
    }
    try (JsonParser parser = JSON.createParser(value)) {
      String data = "";
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        if (name.equals("data")) {
          data = value.substring(start, (int) parser.currentLocation().getCharOffset());
        }
      }
      return data;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> tokens(String json) {
    List<String> tokens = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(json)) {
      while (parser.nextToken() != null) {
        tokens.add(parser.currentToken() + " " + parser.getText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tokens;
  }
}
