package io.millrace.ai;

import static io.millrace.testing.contract.Refusals.assertBadRequest;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseRequest;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A malformed query is refused, and the refusal names the parameter (wire.md §5). */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class QueryIT extends StreamTest {

  QueryIT() {
    super(Surface.AI_EVENTS);
  }

  private SseRequest mine() {
    return request().bearer(TestToken.of(alice).conversations("c1", "c2"));
  }

  @ParameterizedTest
  @CsvSource({
    "conversationId=c1&conversationId=c2, conversationId",
    "conversationId=c1&conversationId=c1, conversationId",
    "conversationId=, conversationId",
    "conversationId=a%0Ab, conversationId",
    "conversationId=%00, conversationId",
    "runId=r1, conversationId",
    "conversationId=c1&runId=, runId",
    "conversationId=c1&runId=r1&runId=r2, runId",
    "conversationId=c1&runId=%0D, runId",
    "conversationId=c1&profile=unknown, profile",
    "conversationId=c1&profile=, profile",
    "conversationId=c1&profile=Native, profile",
    "conversationId=c1&profile=native&profile=native, profile",
    "profile=ToolUp, profile",
    "profile=ui-message-stream, conversationId",
    "conversationId=c1&profile=ui-message-stream&from=live, from",
    "conversationId=c1&from=xyz, from",
    "from=run, conversationId",
    "conversationId=c1&coalesce=abc, coalesce",
    "conversationId=c1&coalesce=, coalesce",
    "conversationId=c1&coalesce=-1, coalesce",
    "conversationId=c1&coalesce=1001, coalesce",
    "conversationId=c1&coalesce=5.0, coalesce",
    "conversationId=c1&coalesce=5&coalesce=5, coalesce",
    "coalesce=%D9%A3, coalesce",
    "conversationId=c1&from=start, from",
    "conversationId=c1&from=, from",
    "from=live&from=live, from"
  })
  void thatIsMalformedIsRefusedByParameter(String query, String parameter) {
    assertBadRequest(send(mine().rawQuery(query)), parameter);
  }

  @Test
  void withTooLongAnIdIsRefused() {
    assertBadRequest(send(mine().query("conversationId", "x".repeat(513))), "conversationId");
    assertBadRequest(
        send(mine().query("conversationId", "c1").query("runId", "x".repeat(513))), "runId");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conversationId=c1",
        "conversationId=c1&from=live",
        "conversationId=c1&from=run",
        "conversationId=c1&coalesce=0",
        "coalesce=1000",
        "conversationId=c1&profile=native",
        "conversationId=c1&runId=r1&profile=native&from=live",
        "profile=native",
        "profile=toolup",
        "conversationId=c1&profile=toolup&from=live",
        "conversationId=c1&runId=r1&profile=ui-message-stream",
        "conversationId=c1&runId=r1&profile=ui-message-stream&from=run&coalesce=50",
        "unknown=1",
        "scope=user:bob"
      })
  void thatIsWellFormedOpensAStream(String query) {
    open(mine().rawQuery(query));
  }

  @Test
  void thatIsMalformedTellsNothingWithoutAToken() {
    assertEquals(401, send(request().rawQuery("profile=unknown")).status());
  }
}
