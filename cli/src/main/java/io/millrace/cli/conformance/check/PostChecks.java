package io.millrace.cli.conformance.check;

import static io.millrace.cli.conformance.check.Expect.that;

import io.millrace.cli.conformance.Check;
import io.millrace.cli.conformance.Check.Need;
import io.millrace.cli.conformance.Trial;
import io.millrace.cli.conformance.deployment.HttpPublisher;
import io.millrace.cli.conformance.deployment.Identity;
import io.millrace.cli.conformance.deployment.Target;
import io.millrace.cli.conformance.wire.Answer;
import io.millrace.cli.conformance.wire.Inapplicable;
import io.millrace.cli.conformance.wire.Request;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Publishing over HTTP (§5). What must be refused is never written. */
final class PostChecks {

  private static final String JSON = "application/json";

  private PostChecks() {}

  static List<Check> all() {
    return List.of(
        check("post.accepted", "A POST is answered 202 with a cursor", PostChecks::accepted),
        check(
            "post.cursor-resumes",
            "A stream opened with that cursor begins behind the event",
            PostChecks::cursorResumes),
        check("post.needs-token", "A POST without a token is answered 401", PostChecks::needsToken),
        check(
            "post.needs-role",
            "A POST with a token that is no publisher's is answered 403",
            PostChecks::needsRole),
        check(
            "post.malformed",
            "A POST that is not JSON is answered 400 and the problem names the field",
            PostChecks::malformed),
        check(
            "post.media-type",
            "A POST of another media type is answered 415",
            PostChecks::mediaType));
  }

  private static Check check(String id, String sentence, Check.Body body) {
    return new Check(id, "§5", sentence, Need.POSTING, body);
  }

  private static void accepted(Trial trial) throws Exception {
    cursorOf(trial, new Sequence(trial).nextMark());
  }

  private static void cursorResumes(Trial trial) throws Exception {
    Sequence events = new Sequence(trial);
    String cursor = cursorOf(trial, events.nextMark());
    events.publish(2);
    events.requireExactly(trial.open(trial.narrow().lastEventId(cursor)), 2, 3);
  }

  /** Posts an event and returns the cursor of the answer. */
  private static String cursorOf(Trial trial, String mark) throws Exception {
    Request request = publisher(trial).request(trial.target().key());
    Answer answer = sent(trial, request.post(JSON, "{\"mark\":\"" + mark + "\"}"));
    that(answer.status() == 202, "instead of 202 came " + answer);
    Object cursor = json(answer).getValue("cursor");
    that(
        cursor instanceof String text && text.matches("[A-Za-z0-9._~-]{1,2048}"),
        "the answer has no cursor: " + answer);
    return String.valueOf(cursor);
  }

  private static void needsToken(Trial trial) throws Exception {
    requireStatus(trial, addressed(trial, trial.anonymous()).post(JSON, "{}"), 401);
  }

  private static void needsRole(Trial trial) throws Exception {
    if (Identity.in(trial.target().token()).isPublisher()) {
      throw new Inapplicable("--token is a publisher's");
    }
    requireStatus(trial, addressed(trial, trial.request()).post(JSON, "{}"), 403);
  }

  private static void malformed(Trial trial) throws Exception {
    Request request = publisher(trial).request(trial.target().key());
    Answer answer = requireStatus(trial, request.post(JSON, "{\"unfinished\":"), 400);
    that(json(answer).getValue("field") instanceof String, "the problem names no field: " + answer);
  }

  private static void mediaType(Trial trial) throws Exception {
    Request request = publisher(trial).request(trial.target().key());
    requireStatus(trial, request.post("text/plain", "{}"), 415);
  }

  private static HttpPublisher publisher(Trial trial) {
    return (HttpPublisher) trial.publisher();
  }

  private static Request addressed(Trial trial, Request request) {
    Target target = trial.target();
    return request.query(target.surface().addressing(), target.key());
  }

  private static Answer requireStatus(Trial trial, Request request, int status) throws Exception {
    Answer answer = sent(trial, request);
    that(answer.status() == status, "instead of " + status + " came " + answer);
    return answer;
  }

  private static Answer sent(Trial trial, Request request) throws Exception {
    Answer answer = trial.send(request);
    answer.awaitEnd(trial.target().timeout());
    return answer;
  }

  private static JsonObject json(Answer answer) throws Exception {
    try {
      return new JsonObject(answer.text());
    } catch (DecodeException notJson) {
      that(false, "the body is no JSON: " + answer);
      return new JsonObject();
    }
  }
}
