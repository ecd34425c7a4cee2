package io.millrace.notifications;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.SseClient;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who finds a replica full is told to come back, and nobody is counted who is gone. */
@QuarkusTest
@TestProfile(FewStreamsProfile.class)
class LimitsIT extends StreamTest {

  private static final String REJECTIONS = "millrace_rejections_total";
  private static final Pattern BUSY = Pattern.compile("retry: (\\d+)\n: busy\n\n");

  @Inject HeldTokens held;

  LimitsIT() {
    super(Surface.NOTIFICATIONS);
  }

  /** Those of the test before have left. */
  @BeforeEach
  void awaitNobody() {
    await().until(() -> management().meter("millrace_subscribers") == 0);
    held.release();
  }

  @AfterEach
  void release() {
    held.release();
  }

  private List<SseClient> openAll(int streams) {
    List<SseClient> all = new ArrayList<>();
    IntStream.range(0, streams).forEach(n -> all.add(openAs(alice + n)));
    return all;
  }

  private static void assertBusy(SseClient refused) {
    String body = refused.awaitEnd();
    Matcher busy = BUSY.matcher(body);
    assertEquals(200, refused.status());
    assertEquals("text/event-stream;charset=utf-8", refused.header("Content-Type"));
    assertTrue(busy.matches(), body);
    int retryMillis = Integer.parseInt(busy.group(1));
    assertTrue(retryMillis >= 5_000 && retryMillis <= 30_000, body);
    assertEquals("close", refused.header("Connection"));
    refused.awaitClosed();
  }

  /** All places can be had, and not one more: none is lost, none was given twice. */
  private void assertEveryPlaceIsFree() {
    List<SseClient> all = openAll(FewStreamsProfile.STREAMS);
    assertBusy(send(requestOf(bob)));
    assertTrue(all.stream().allMatch(SseClient::isOpen));
  }

  @Test
  void theStreamBeyondTheLastIsRefusedUntilOneEnds() {
    // Given
    double refused = management().meter(REJECTIONS, "max-streams\"");
    List<SseClient> all = openAll(FewStreamsProfile.STREAMS);

    // When
    SseClient beyond = send(requestOf(bob));

    // Then
    assertBusy(beyond);
    assertEquals(refused + 1, management().meter(REJECTIONS, "max-streams\""));
    assertEquals(FewStreamsProfile.STREAMS, management().meter("millrace_limits_max_streams"));
    all.get(0).close();
    await().until(() -> management().meter("millrace_subscribers") < FewStreamsProfile.STREAMS);
    openAs(bob);
    publish(alice + 1, "\"still there\"");
    assertEquals("\"still there\"", all.get(1).awaitFrame().data());
  }

  @Test
  void aCallerWithEnoughStreamsIsRefusedAndOthersAreNot() {
    // Given
    double refused = management().meter(REJECTIONS, "max-streams-per-caller");
    IntStream.range(0, FewStreamsProfile.PER_CALLER).forEach(n -> openAs(alice));

    // When
    SseClient beyond = send(requestOf(alice));

    // Then
    assertBusy(beyond);
    assertEquals(refused + 1, management().meter(REJECTIONS, "max-streams-per-caller"));
    openAs(bob);
  }

  @Test
  void requestsThatWaitForTheirTokenAreBounded() {
    // Given
    double refused = management().meter(REJECTIONS, "max-authenticating");
    held.hold();
    List<SseClient> waiting =
        IntStream.range(0, FewStreamsProfile.AUTHENTICATING)
            .mapToObj(n -> send(requestOf(HeldTokens.person(alice))))
            .toList();
    await().until(() -> management().meter("millrace_authenticating") == waiting.size());

    // When
    SseClient beyond = send(requestOf(bob));

    // Then
    assertBusy(beyond);
    assertEquals(refused + 1, management().meter(REJECTIONS, "max-authenticating"));
    held.release();
    waiting.forEach(SseClient::awaitReady);
    assertEquals(0, management().meter("millrace_authenticating"));
    openAs(bob);
  }

  @Test
  void whoGoesBeforeTheAnswerIsNotCounted() {
    for (int round = 0; round < 2 * FewStreamsProfile.STREAMS; round++) {
      // Given
      held.hold();
      SseClient gone = send(requestOf(HeldTokens.person(alice)));
      await().until(() -> management().meter("millrace_authenticating") == 1);

      // When
      gone.close();
      if (round % 2 == 0) {
        held.release();
      } else {
        held.fail();
      }

      // Then
      await().until(() -> management().meter("millrace_authenticating") == 0);
    }
    await().untilAsserted(this::assertEveryPlaceIsFree);
  }

  @Test
  void refusalsAndFaultsAreNotCounted() {
    // When
    for (int round = 0; round < 2 * FewStreamsProfile.STREAMS; round++) {
      assertEquals(401, send(request()).status());
      assertEquals(401, send(request().bearer("no token")).status());
      assertEquals(403, send(requestOf(alice).query("scope", "user:" + bob)).status());
      assertEquals(403, send(request().bearer(TestToken.of(alice).tenant("a/b"))).status());
      assertEquals(400, send(requestOf(alice).rawQuery("scope=%ff")).status());
      held.hold();
      SseClient failed = send(requestOf(HeldTokens.person(alice)));
      await().until(() -> management().meter("millrace_authenticating") == 1);
      held.fail();
      assertEquals(401, failed.status());
    }

    // Then
    assertEquals(0, management().meter("millrace_callers"));
    assertEveryPlaceIsFree();
  }

  @Test
  void streamsOfOneConnectionAreCountedOneByOne() throws Exception {
    // Given
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpRequest request =
        HttpRequest.newBuilder(server().resolve(surface.path()))
            .header("Authorization", "Bearer " + surface.token(alice).signed())
            .build();
    List<HttpResponse<InputStream>> open = new ArrayList<>();
    for (int n = 0; n < FewStreamsProfile.PER_CALLER; n++) {
      open.add(client.send(request, HttpResponse.BodyHandlers.ofInputStream()));
    }

    // When
    HttpResponse<String> beyond = client.send(request, HttpResponse.BodyHandlers.ofString());

    // Then: the others go on over the same connection
    assertEquals(HttpClient.Version.HTTP_2, beyond.version());
    assertTrue(BUSY.matcher(beyond.body()).matches(), beyond.body());
    assertEquals(FewStreamsProfile.PER_CALLER, management().meter("millrace_subscribers"));
    for (HttpResponse<InputStream> stream : open) {
      stream.body().close();
    }
    await().untilAsserted(this::assertEveryPlaceIsFree);
  }

  @Test
  void aClientOfHttpOneZeroIsRefusedAlike() {
    // Given
    openAll(FewStreamsProfile.STREAMS);

    // When
    SseClient beyond = send(requestOf(bob).version("HTTP/1.0"));

    // Then
    assertTrue(BUSY.matcher(beyond.awaitEnd()).matches(), beyond.body());
    assertFalse(beyond.awaitClosed().isOpen());
  }
}
