package io.millrace.publish;

import io.millrace.subscribe.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why nothing of a request was published, or not all of it: as a problem document (RFC 9457).
 *
 * @param reason the form in metrics
 * @param problem what is wrong with the request as a whole
 * @param faults what is wrong with its events, in their order
 * @param header a header that belongs to the answer
 */
record Refusal(
    String reason, Problem problem, List<Fault> faults, Optional<OutgoingHeader> header) {

  /**
   * @param index place of the event in its batch, from 0; empty for a request of one event
   * @param field the part of the request at fault
   * @param detail for its author; never repeats the content
   */
  record Fault(OptionalInt index, String field, String detail) {

    JsonObject toJson() {
      JsonObject json = new JsonObject();
      index.ifPresent(number -> json.put("index", number));
      return json.put("field", field).put("detail", detail);
    }
  }

  record OutgoingHeader(String name, String value) {}

  private static Refusal of(int status, String title, String reason, String detail) {
    Problem problem = new Problem(status, title, detail, Optional.empty());
    return new Refusal(reason, problem, List.of(), Optional.empty());
  }

  static Refusal unauthorized(Problem problem, String challenge) {
    OutgoingHeader header = new OutgoingHeader("WWW-Authenticate", challenge);
    return new Refusal("unauthorized", problem, List.of(), Optional.of(header));
  }

  static Refusal forbidden(String detail) {
    return of(403, "Forbidden", "forbidden", detail);
  }

  static Refusal tooLarge(String detail) {
    return of(413, "Content Too Large", "too-large", detail);
  }

  static Refusal tooSlow() {
    return of(408, "Request Timeout", "too-slow", "the body did not arrive in time");
  }

  static Refusal unsupported(String detail) {
    return of(415, "Unsupported Media Type", "unsupported-media-type", detail);
  }

  static Refusal malformed(List<Fault> faults) {
    return of(400, "Bad Request", "bad-request", faults.get(0).detail()).with(faults);
  }

  static Refusal unavailable(String reason, int retryAfterSeconds, String detail) {
    Refusal refusal = of(503, "Service Unavailable", reason, detail);
    OutgoingHeader header = new OutgoingHeader("Retry-After", Integer.toString(retryAfterSeconds));
    return new Refusal(reason, refusal.problem, List.of(), Optional.of(header));
  }

  private Refusal with(List<Fault> more) {
    return new Refusal(reason, problem, List.copyOf(more), header);
  }

  /** One event: its field beside the detail. A batch: the list of what is wrong. */
  JsonObject toJson() {
    JsonObject json = new JsonObject(problem.toJson());
    if (faults.size() == 1 && faults.get(0).index().isEmpty()) {
      json.put("field", faults.get(0).field());
    } else if (!faults.isEmpty()) {
      JsonArray failures = new JsonArray();
      faults.forEach(fault -> failures.add(fault.toJson()));
      json.put("failures", failures);
    }
    return json;
  }
}
