package io.millrace.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.SseClient;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What a refused request is told, field by field. */
public final class Refusals {

  private Refusals() {}

  /** A token is missing: RFC 6750 wants a challenge without an error code. */
  public static void assertTokenRequired(SseClient answer) {
    assertProblem(answer, 401, "Unauthorized");
    assertEquals("Bearer", answer.header("WWW-Authenticate"));
  }

  /** The token is not valid. */
  public static void assertInvalidToken(SseClient answer) {
    assertProblem(answer, 401, "Unauthorized");
    assertEquals("Bearer error=\"invalid_token\"", answer.header("WWW-Authenticate"));
  }

  public static void assertForbidden(SseClient answer) {
    JsonObject problem = assertProblem(answer, 403, "Forbidden");
    assertEquals(null, problem.getString("parameter"));
  }

  /** The request is malformed, in this parameter. */
  public static void assertBadRequest(SseClient answer, String parameter) {
    JsonObject problem = assertProblem(answer, 400, "Bad Request");
    assertEquals(parameter, problem.getString("parameter"));
  }

  private static JsonObject assertProblem(SseClient answer, int status, String title) {
    String body = answer.awaitEnd();
    assertEquals(status, answer.status(), body);
    assertEquals("application/problem+json", answer.header("Content-Type"));
    assertEquals("no-store", answer.header("Cache-Control"));
    assertEquals(List.of(), answer.headers("Millrace-Heartbeat"));
    assertEquals(List.of(), answer.headers("Location"));
    JsonObject problem = new JsonObject(body);
    assertEquals("about:blank", problem.getString("type"));
    assertEquals(title, problem.getString("title"));
    assertEquals(status, problem.getInteger("status"));
    assertTrue(!problem.getString("detail").isBlank(), body);
    return problem;
  }
}
