package io.millrace.cli.conformance;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Heads and first bytes that are not what the contract says. */
final class HeadFlaws {

  private HeadFlaws() {}

  static Stream<Flaw> all() {
    return Stream.of(heads(), answers(), openings()).flatMap(flaws -> flaws);
  }

  private static Stream<Flaw> heads() {
    return Stream.of(
        head("head.content-type", "Content-Type", "text/event-stream"),
        head("head.content-type", "Content-Type", "text/html;charset=utf-8"),
        head("head.content-type", "Content-Type", "text/event-stream;charset=iso-8859-1"),
        head("head.cache-control", "Cache-Control", "no-cache"),
        head("head.cache-control", "Cache-Control", "public, max-age=60"),
        head("head.accel-buffering", "X-Accel-Buffering", "yes"),
        head("head.heartbeat", "Millrace-Heartbeat", "25s"),
        head("head.heartbeat", "Millrace-Heartbeat", "0"),
        head("head.not-compressed", "Content-Encoding", "gzip"),
        head("cors.allowed", "Access-Control-Allow-Origin", "*"),
        head("cors.varies", "Vary", "Accept-Encoding"),
        head("cors.exposes", "Access-Control-Expose-Headers", "Date"),
        without("head.accel-buffering", "X-Accel-Buffering"),
        without("head.heartbeat", "Millrace-Heartbeat"),
        without("cors.allowed", "Access-Control-Allow-Origin"),
        without("cors.varies", "Vary"));
  }

  private static Flaw head(String check, String name, String value) {
    return Flaw.of(
        check,
        name + " is \"" + value,
        new Behaviour() {
          @Override
          Map<String, String> head(TestRequest request) {
            Map<String, String> head = super.head(request);
            head.put(name, value);
            return head;
          }
        });
  }

  private static Flaw without(String check, String name) {
    return Flaw.of(
        check,
        name + " is \"\"",
        new Behaviour() {
          @Override
          Map<String, String> head(TestRequest request) {
            Map<String, String> head = super.head(request);
            head.remove(name);
            return head;
          }
        });
  }

  private static Stream<Flaw> answers() {
    return Stream.of(
        Flaw.of(
            "head.any-accept",
            "Accept: application/json was answered 406",
            new Behaviour() {
              @Override
              Optional<Refusal> refuse(TestRequest request, TestDeployment deployment) {
                return request.header("accept").filter("application/json"::equals).isPresent()
                    ? Optional.of(Refusal.problem(406, ""))
                    : super.refuse(request, deployment);
              }
            }),
        Flaw.of(
            "head.no-redirect",
            "302 to \"https://login.example/\"",
            new Behaviour() {
              @Override
              Optional<Refusal> refuse(TestRequest request, TestDeployment deployment) {
                return token(request).isEmpty()
                    ? Optional.of(
                        Refusal.problem(302, "").with("Location", "https://login.example/"))
                    : super.refuse(request, deployment);
              }
            }));
  }

  private static Stream<Flaw> openings() {
    return Stream.of(
        opening("open.at-once", "the first bytes did not come", ""),
        opening("open.at-once", "the deployment is busy", "retry: 1\n: busy\n\n"),
        opening("open.first-frame", "the first frame is", ": ready\nretry: 2000\n\n"),
        opening("open.first-frame", "the first frame is", "retry: 2000\n: ready\ndata: hi\n\n"),
        opening("open.retry", "retry is \"500\"", "retry: 500\n: ready\n\n"),
        opening("open.retry", "retry is \"5001\"", "retry: 5001\n: ready\n\n"),
        opening("open.retry", "has no retry", ": ready\n\n"),
        opening("open.retry-jittered", "were all told [3000]", "retry: 3000\n: ready\n\n"),
        opening("frame.no-bom", "byte order mark", "\uFEFFretry: 3000\n: ready\n\n"),
        Flaw.of(
            "open.side-by-side",
            "the first bytes did not come",
            new Behaviour() {
              @Override
              String firstFrame(int open) {
                return open > 1 ? "" : super.firstFrame(open);
              }
            }));
  }

  private static Flaw opening(String check, String message, String frame) {
    return Flaw.of(
        check,
        message,
        new Behaviour() {
          @Override
          String firstFrame(int open) {
            return frame;
          }
        });
  }
}
