package io.millrace.telemetry;

import java.util.List;

/**
 * A meter that exists once for each reason, from the start on and at zero: to Prometheus the step
 * from nothing to one is no increase, so the first fault of all would raise no alert.
 *
 * @param meter name of the counter
 * @param tag what tells its series apart
 * @param values all there are, or all that are worth an alert
 */
record Reasons(String meter, String tag, List<String> values) {

  private static final String REASON = "reason";

  static final List<Reasons> ALL =
      List.of(
          new Reasons(
              "millrace.streams.closed",
              REASON,
              List.of(
                  "client-gone",
                  "max-age",
                  "token-expiring",
                  "idle",
                  "drain",
                  "slow",
                  "replaced",
                  "revoked",
                  "conversation-ended",
                  "run-finished",
                  "fault")),
          new Reasons(
              "millrace.rejections",
              REASON,
              List.of(
                  "unauthorized",
                  "forbidden",
                  "bad-request",
                  "warming",
                  "keys-unavailable",
                  "conversation-ended",
                  "run-finished",
                  "no-run",
                  "draining",
                  "max-streams",
                  "max-streams-per-caller",
                  "max-streams-per-address",
                  "max-authenticating")),
          new Reasons(
              "millrace.resets",
              REASON,
              List.of("expired", "truncated", "unknown", "recreated", "over-budget")),
          new Reasons(
              "millrace.tokens.refused",
              REASON,
              List.of(
                  "expired",
                  "not-yet-valid",
                  "signature",
                  "no-key",
                  "issuer",
                  "audience",
                  "malformed",
                  "keys-unavailable")),
          new Reasons(
              "millrace.publish.rejections",
              REASON,
              List.of("unauthorized", "forbidden", "bad-request", "busy", "warming")),
          new Reasons("millrace.runs.forgotten", REASON, List.of("silent", "bound")),
          new Reasons("millrace.dlq.failures", REASON, List.of("unreachable", "too-large")),
          new Reasons(
              "millrace.probes.ended", REASON, List.of("complete", "client", "slow", "fault")),
          new Reasons(
              "millrace.replay.scans",
              "outcome",
              List.of("tail", "time", "stalled", "unwanted", "failed")),
          new Reasons(
              "millrace.fences",
              "where",
              List.of(
                  "control",
                  "decode",
                  "delivery",
                  "dlq",
                  "drain",
                  "heartbeat",
                  "poll",
                  "probe",
                  "publish",
                  "replay",
                  "subscribe")));
}
