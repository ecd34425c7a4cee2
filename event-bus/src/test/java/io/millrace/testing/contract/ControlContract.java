package io.millrace.testing.contract;

import static io.millrace.testing.contract.Refusals.assertInvalidToken;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.KafkaResource;
import io.millrace.testing.SseClient;
import io.millrace.testing.SseFrame;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestRecord;
import io.millrace.testing.TestToken;
import io.millrace.testing.TopicWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the control topic says holds for open streams and for new requests. */
public abstract class ControlContract extends StreamTest {

  private static final String TOPIC = "stream-control";
  private static final String REVOKE = "{\"action\":\"revoke\"}";

  protected ControlContract(Surface surface) {
    super(surface);
  }

  /** The service was started, and is ready, without it. */
  @BeforeEach
  final void createTopic() {
    KafkaResource.broker().createTopic(TOPIC, 1, Map.of("cleanup.policy", "compact"));
  }

  protected final TopicWriter control() {
    return KafkaResource.writer(TOPIC);
  }

  /** Returns when a request is refused. */
  private void awaitRefused(TestToken token) {
    await("refusal")
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              try (SseClient answer = request().bearer(token).send()) {
                return answer.status() == 401;
              }
            });
  }

  private TestToken issuedAgo(Duration age) {
    return surface.token(alice).claim("iat", Instant.now().minus(age).getEpochSecond());
  }

  @Test
  void endsTheStreamsOfARevokedSubjectAndRefusesItsTokens() {
    // Given
    TestToken token = issuedAgo(Duration.ofMinutes(1));
    SseClient stream = open(request().bearer(token));
    SseClient other = openAs(bob);
    double closed = management().meter("millrace_streams_closed_total", "revoked");

    // When
    control().write("user:" + alice, REVOKE);

    // Then
    SseFrame last = stream.awaitFrame();
    assertEquals("stream.reconnect", last.event());
    assertTrue(last.data().startsWith("{\"reason\":\"revoked\",\"afterMs\":"), last.data());
    stream.awaitEnd();
    assertInvalidToken(send(request().bearer(token)));
    assertEquals(closed + 1, management().meter("millrace_streams_closed_total", "revoked"));
    publish(bob, "1");
    assertEquals(List.of("1"), other.awaitData(1));
  }

  @Test
  void refusesTheProbeToARevokedToken() {
    // Given
    TestToken token = issuedAgo(Duration.ofMinutes(1));
    control().write("user:" + alice, REVOKE);
    awaitRefused(token);

    // When
    SseClient answer = send(probe("phase=small&run=r").bearer(token));

    // Then
    assertInvalidToken(answer);
  }

  @Test
  void acceptsATokenThatWasIssuedAfterTheRevocation() {
    // Given
    Instant before = Instant.now().minusSeconds(30);

    // When
    control().write("user:" + alice, "{\"action\":\"revoke\",\"before\":\"" + before + "\"}");

    // Then
    awaitRefused(issuedAgo(Duration.ofMinutes(1)));
    open(request().bearer(issuedAgo(Duration.ZERO)));
  }

  @Test
  void takesTheTimeInEpochSeconds() {
    // When
    control()
        .write(
            "user:" + alice,
            "{\"before\":"
                + Instant.now().minusSeconds(30).getEpochSecond()
                + ",\"action\":\"revoke\"}");

    // Then
    awaitRefused(issuedAgo(Duration.ofMinutes(1)));
    open(request().bearer(issuedAgo(Duration.ZERO)));
  }

  @Test
  void revokesATokenThatDoesNotSayWhenItWasIssued() {
    // When
    control().write("user:" + alice, REVOKE);

    // Then
    awaitRefused(surface.token(alice).without("iat"));
  }

  @Test
  void revokesOneTokenByItsId() {
    // Given
    String id = UUID.randomUUID().toString();
    TestToken revoked = surface.token(alice).claim("jti", id);
    TestToken another = surface.token(alice).claim("jti", id + "0");
    SseClient stream = open(request().bearer(revoked));
    SseClient stays = open(request().bearer(another));

    // When
    control().write("jti:" + id, REVOKE);

    // Then
    assertTrue(stream.awaitFrame().data().contains("revoked"), stream.body());
    stream.awaitEnd();
    assertInvalidToken(send(request().bearer(revoked)));
    publish(alice, "1");
    assertEquals(List.of("1"), stays.awaitData(1));
    open(request().bearer(another));
  }

  @Test
  void takesARevocationBackWithATombstone() {
    // Given
    TestToken token = issuedAgo(Duration.ofMinutes(1));
    control().write("user:" + alice, REVOKE);
    awaitRefused(token);

    // When
    control().write(TestRecord.tombstone("user:" + alice));

    // Then
    await("acceptance")
        .atMost(Duration.ofSeconds(30))
        .until(() -> send(request().bearer(token)).status() == 200);
  }

  @Test
  void refusesATokenThatCouldOutliveItsRevocation() {
    // When
    SseClient answer = send(request().bearer(surface.token(alice).expiresIn(Duration.ofDays(31))));

    // Then
    assertInvalidToken(answer);
    assertTrue(answer.body().contains("longer than this server allows"), answer.body());
  }

  static Stream<Named<TestRecord>> malformed() {
    return Stream.of(
        Named.of("empty key", TestRecord.of("", REVOKE)),
        Named.of("key without a name", TestRecord.of("user:", REVOKE)),
        Named.of("key of no form", TestRecord.of("everyone", REVOKE)),
        Named.of("key of an unknown kind", TestRecord.of("tenant:acme", REVOKE)),
        Named.of("key not UTF-8", TestRecord.of("", REVOKE).key(new byte[] {(byte) 0xff})),
        Named.of("key too long", TestRecord.of("user:" + "x".repeat(600), REVOKE)),
        Named.of("empty value", TestRecord.of("user:x", "")),
        Named.of("no JSON", TestRecord.of("user:x", "revoke")),
        Named.of("value not UTF-8", TestRecord.of("user:x", new byte[] {'{', (byte) 0xff, '}'})),
        Named.of("array", TestRecord.of("user:x", "[]")),
        Named.of("null", TestRecord.of("user:x", "null")),
        Named.of("no action", TestRecord.of("user:x", "{}")),
        Named.of("unknown action", TestRecord.of("user:x", "{\"action\":\"ban\"}")),
        Named.of("action is a number", TestRecord.of("user:x", "{\"action\":1}")),
        Named.of("a user ends", TestRecord.of("user:x", "{\"action\":\"end\"}")),
        Named.of("no time", TestRecord.of("user:x", before("\"yesterday\""))),
        Named.of("milliseconds", TestRecord.of("user:x", before("1763730000000"))),
        Named.of("negative time", TestRecord.of("user:x", before("-1"))),
        Named.of("time is NaN-like", TestRecord.of("user:x", before("1e999"))),
        Named.of("time is an object", TestRecord.of("user:x", before("{}"))),
        Named.of("value too long", TestRecord.of("user:x", REVOKE + " ".repeat(5000))),
        Named.of("2,000 deep", TestRecord.of("user:x", "[".repeat(2000) + "]".repeat(2000))));
  }

  private static String before(String time) {
    return "{\"action\":\"revoke\",\"before\":" + time + "}";
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void passesAMalformedRecordOverAndReadsOn(TestRecord malformed) {
    // Given
    double before = management().meter("millrace_control_malformed_total");
    double fences = management().meter("millrace_fences_total");

    // When
    control().write(malformed);
    control().write("user:" + alice, REVOKE);

    // Then
    awaitRefused(issuedAgo(Duration.ofMinutes(1)));
    assertEquals(before + 1, management().meter("millrace_control_malformed_total"));
    assertEquals(fences, management().meter("millrace_fences_total"));
    assertTrue(management().isReady());
  }
}
