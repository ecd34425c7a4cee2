package io.millrace.subscribe;

import io.millrace.admission.Limit;
import io.millrace.identity.KeysUnavailableException;
import java.util.Optional;

/** Why a request gets no stream. */
public sealed interface Rejection extends Resolution {

  /** The form in metrics. */
  String reason();

  /**
   * Come back later. Answered with 200 and an empty stream, unless configured otherwise: a native
   * {@code EventSource} gives up for good on any other status.
   */
  record Busy(String reason) implements Rejection {}

  /**
   * Final until something changes on the caller's side.
   *
   * @param challenge value of {@code WWW-Authenticate}, if any
   */
  record Refused(String reason, Problem problem, Optional<String> challenge) implements Rejection {}

  /** Nothing will follow: 204, on which a native {@code EventSource} stops. */
  record Over(String reason) implements Rejection {}

  /** There are enough streams, or the replica goes away. */
  static Rejection limited(Limit limit) {
    return new Busy(limit.text());
  }

  /** The tail is not warm yet. */
  static Rejection warming() {
    return new Busy("warming");
  }

  /** What {@link Authentication} failed with. */
  static Rejection of(Throwable failure) {
    if (failure instanceof KeysUnavailableException) {
      // Whether the token is good can't be told for now: not the caller's fault, so not final.
      return new Busy("keys-unavailable");
    }
    return failure instanceof IllegalArgumentException claim
        ? forbidden(String.valueOf(claim.getMessage()))
        : badToken();
  }

  /** No token at all: RFC 6750 wants a challenge without an error code. */
  static Rejection noToken() {
    return unauthorized("A bearer token is required", "Bearer");
  }

  static Rejection badToken() {
    return unauthorized("The bearer token is not valid", "Bearer error=\"invalid_token\"");
  }

  static Rejection revokedToken() {
    return unauthorized("The bearer token was revoked", "Bearer error=\"invalid_token\"");
  }

  /** A revocation would be forgotten before it. */
  static Rejection tokenLivesTooLong() {
    return unauthorized(
        "The bearer token is valid for longer than this server allows",
        "Bearer error=\"invalid_token\"");
  }

  static Rejection conversationEnded() {
    return new Over("conversation-ended");
  }

  static Rejection runFinished() {
    return new Over("run-finished");
  }

  static Rejection noRun() {
    return new Over("no-run");
  }

  private static Rejection unauthorized(String detail, String challenge) {
    Problem problem = new Problem(401, "Unauthorized", detail, Optional.empty());
    return new Refused("unauthorized", problem, Optional.of(challenge));
  }

  static Rejection forbidden(String detail) {
    Problem problem = new Problem(403, "Forbidden", detail, Optional.empty());
    return new Refused("forbidden", problem, Optional.empty());
  }

  static Rejection badRequest(String parameter, String detail) {
    Problem problem = new Problem(400, "Bad Request", detail, Optional.of(parameter));
    return new Refused("bad-request", problem, Optional.empty());
  }
}
