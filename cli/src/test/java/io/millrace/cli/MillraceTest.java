package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

class MillraceTest {

  /** Of one whose sub is alice; nobody signed it. */
  private static final String TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl";

  private static <T> T parsed(Class<T> command, String... args) {
    ParseResult result = Millrace.commandLine().parseArgs(args);
    return command.cast(result.subcommand().commandSpec().userObject());
  }

  @Test
  void readsTheDefaultsOfUp() {
    UpCommand up = parsed(UpCommand.class, "up");

    assertEquals(8080, up.port);
    assertEquals(9092, up.kafkaPort);
    assertEquals(1, up.replicas);
    assertEquals(Optional.empty(), up.data);
  }

  @Test
  void readsWhereABrokerListens() {
    KafkaCommand kafka =
        parsed(KafkaCommand.class, "kafka", "--advertise=kafka:9092", "--topic=orders");

    assertEquals(9092, kafka.port);
    assertEquals(9094, kafka.listen);
    assertEquals(Optional.of("kafka:9092"), kafka.advertised);
    assertEquals(List.of("orders"), kafka.topics);
    assertEquals("stream-control", kafka.control);
  }

  @Test
  void readsWhomATokenSpeaksFor() {
    TokenCommand token =
        parsed(
            TokenCommand.class,
            "token",
            "--sub=alice",
            "--tenant=acme",
            "--group=admins",
            "--group=ops",
            "--conversation=c1",
            "--expires-in=15m");

    assertEquals("alice", token.subject);
    assertEquals(Optional.of("acme"), token.tenant);
    assertEquals(List.of("admins", "ops"), token.groups);
    assertEquals(List.of("c1"), token.conversations);
    assertEquals(Duration.ofMinutes(15), token.expiresIn);
  }

  @Test
  void givesATokenForAWorkingDayByDefault() {
    assertEquals(Duration.ofHours(8), parsed(TokenCommand.class, "token", "--sub=alice").expiresIn);
  }

  @Test
  void readsWhatToPublish() {
    PublishCommand publish =
        parsed(
            PublishCommand.class,
            "publish",
            "notifications",
            "user:alice",
            "{\"title\":\"shipped\"}",
            "--type",
            "order.shipped",
            "--scope=all",
            "--scope=tenant:acme");

    assertEquals("{\"title\":\"shipped\"}", publish.json);
    assertEquals(Optional.of("order.shipped"), publish.type);
    assertEquals(List.of("all", "tenant:acme"), publish.scopes);
    assertEquals("localhost:9092", publish.bootstrap);
  }

  @Test
  void readsWhereToListen() {
    ListenCommand listen =
        parsed(ListenCommand.class, "listen", "ai", "--conversation=c1", "--last-event-id=1.a.b");

    assertEquals("ai", listen.surface);
    assertEquals(Optional.of("c1"), listen.conversation);
    assertEquals("1.a.b", listen.lastEventId);
    assertEquals("http://localhost:8080", listen.url);
  }

  @Test
  void readsWhatToHoldAgainstTheContract() {
    ConformanceCommand conformance =
        parsed(
            ConformanceCommand.class,
            "conformance",
            "https://app.example/api/notifications",
            "--token=a.b.c",
            "--kafka=localhost:9092",
            "--format=junit",
            "--timeout=30s",
            "--check=open.retry",
            "--check=head.heartbeat");

    assertEquals("https://app.example/api/notifications", conformance.url);
    assertEquals(Optional.of("localhost:9092"), conformance.publishing.kafka);
    assertEquals(Optional.empty(), conformance.publishing.token);
    assertEquals(ConformanceCommand.Format.JUNIT, conformance.format);
    assertEquals(Duration.ofSeconds(30), conformance.timeout);
    assertEquals(Set.of("open.retry", "head.heartbeat"), conformance.only);
  }

  @ParameterizedTest
  @CsvSource({"90s, PT1M30S", "15m, PT15M", "8h, PT8H", "7d, PT168H"})
  void readsTimesAsPeopleWriteThem(String text, Duration expected) {
    assertEquals(
        expected, parsed(TokenCommand.class, "token", "--sub=a", "--expires-in=" + text).expiresIn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token",
        "token --sub=a --expires-in=soon",
        "token --sub=a --expires-in=31d",
        "token --sub=a --expires-in=0s",
        "publish notifications user:alice",
        "up --replicas=0",
        "up --replicas=9",
        "up --port=65536",
        "up --kafka-port=-1",
        "listen news",
        "listen notifications --conversation=c1",
        "listen ai --url=localhost:8080",
        "conformance",
        "conformance http://localhost/api/notifications --token=abc",
        "conformance http://localhost/events --token=" + TOKEN,
        "conformance http://localhost/events --surface=news --token=" + TOKEN,
        "conformance http://localhost/api/ai/events --token=" + TOKEN,
        "conformance http://localhost/api/notifications?a=b --token=" + TOKEN,
        "conformance http://localhost/api/notifications --check=no.such --token=" + TOKEN,
        "conformance http://localhost/api/notifications --kafka=a:1 --publish-token=b --token="
            + TOKEN,
        "doctor",
        "doctor localhost:8080",
        "doctor ftp://localhost/",
        "doctor http://alice:secret@localhost/",
        "doctor http://localhost/ --origin=file:/tmp",
        "top localhost:9000",
        "down"
      })
  void answersWrongUseWithStatusTwo(String line) {
    StringWriter err = new StringWriter();
    CommandLine command = Millrace.commandLine().setErr(new PrintWriter(err, true));

    int status = command.execute(line.split(" "));

    assertEquals(2, status);
    assertTrue(err.toString().contains("Usage: ") || line.equals("down"), err.toString());
  }

  @Test
  void answersAFailureWithOneLineAndStatusOne() {
    StringWriter err = new StringWriter();
    CommandLine command = Millrace.commandLine().setErr(new PrintWriter(err, true));

    int status = command.execute("publish", "notifications", "all", "{");

    assertEquals(1, status);
    assertTrue(err.toString().startsWith("millrace: not JSON: "), err.toString());
    assertEquals(1, err.toString().lines().count());
  }
}
