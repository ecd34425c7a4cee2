package io.millrace.cli.doctor.check;

import io.millrace.cli.conformance.wire.Printable;
import io.millrace.cli.doctor.finding.Obstacle;
import io.millrace.cli.doctor.finding.Obstructed;
import io.millrace.cli.doctor.probe.Probe;
import io.millrace.cli.doctor.probe.Recording;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Whether there is a probe at the other end; each way there is not has a sentence of its own. */
public final class Admission {

  /** What a service says that sends clients away without ending their native EventSource. */
  private static final String SOFT_REJECT = ": busy";

  private Admission() {}

  /**
   * Waits for the first event of the first stream.
   *
   * @throws Obstructed when there will be none
   */
  public static void await(Probe probe, Recording entry) throws Obstructed, InterruptedException {
    boolean arrived = entry.awaitFirstEvent(entry.request().longest());
    if (entry.status() == 0) {
      throw unanswered(probe, entry);
    }
    if (entry.isEventStream() && (arrived || entry.isEncoded())) {
      return;
    }
    String at = String.valueOf(probe.uri().getHost());
    switch (entry.status()) {
      case 200 -> throw notAStream(at, entry);
      case 301, 302, 303, 307, 308 -> throw redirected(at, entry);
      case 401, 403 -> throw refused(at, probe, entry);
      case 429, 500, 502, 503, 504 ->
          throw new Obstructed(
              Obstacle.UNAVAILABLE, "%s answers %s.".formatted(at, statusAndReason(entry)));
      default ->
          throw new Obstructed(
              Obstacle.NO_PROBE,
              "There is no probe at %s: %s.".formatted(probe.uri(), statusAndReason(entry)));
    }
  }

  private static Obstructed unanswered(Probe probe, Recording entry) {
    String at = probe.uri().getAuthority();
    Throwable failure = entry.failure().orElseGet(() -> new HttpTimeoutException("no answer"));
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return new Obstructed(
            Obstacle.UNTRUSTED_CERTIFICATE,
            "The certificate of %s is not trusted: %s.".formatted(at, message(cause)));
      }
      if (cause instanceof UnresolvedAddressException) {
        return new Obstructed(
            Obstacle.UNREACHABLE, "The name %s is not known.".formatted(probe.uri().getHost()));
      }
    }
    return new Obstructed(Obstacle.UNREACHABLE, unreachable(at, failure));
  }

  private static String unreachable(String at, Throwable failure) {
    if (failure instanceof ConnectException) {
      return "Nobody listens at %s.".formatted(at);
    }
    if (failure instanceof HttpTimeoutException) {
      return "%s does not answer in time.".formatted(at);
    }
    if (failure instanceof SSLException) {
      return "No TLS with %s: %s.".formatted(at, message(failure));
    }
    return "%s closes the connection without an answer: %s.".formatted(at, message(failure));
  }

  private static String message(Throwable failure) {
    return Printable.of(String.valueOf(failure.getMessage()));
  }

  private static Obstructed notAStream(String at, Recording entry) {
    String type = entry.header("Content-Type");
    if (type.toLowerCase(Locale.ROOT).startsWith("text/html")) {
      return new Obstructed(
          Obstacle.LOGIN_PAGE,
          "%s answers with a web page, of a login or a challenge, instead of a stream."
              .formatted(at));
    }
    if (entry.isEventStream() && entry.text().contains(SOFT_REJECT)) {
      return new Obstructed(
          Obstacle.UNAVAILABLE, "%s is full, starting or stopping: come back.".formatted(at));
    }
    return entry.isEventStream()
        ? new Obstructed(
            Obstacle.NO_PROBE, "%s answers with a stream that is not the probe's.".formatted(at))
        : new Obstructed(
            Obstacle.NO_PROBE,
            "%s answers with %s instead of an event stream."
                .formatted(at, type.isEmpty() ? "no content type" : Printable.quoted(type)));
  }

  private static Obstructed redirected(String at, Recording entry) {
    String location = entry.header("Location");
    String to = Printable.of(withoutQuery(location));
    return new Obstructed(
        Obstacle.LOGIN_PAGE,
        "%s redirects to %s: a login page, or the address is another one.".formatted(at, to));
  }

  /** A login page's query carries state that is nobody's business. */
  private static String withoutQuery(String location) {
    int query = location.indexOf('?');
    return query < 0 ? location : location.substring(0, query);
  }

  private static Obstructed refused(String at, Probe probe, Recording entry) {
    if (!entry.header("cf-mitigated").isEmpty()) {
      return new Obstructed(
          Obstacle.LOGIN_PAGE, "Cloudflare answers at %s with a challenge.".formatted(at));
    }
    if (entry.header("WWW-Authenticate").toLowerCase(Locale.ROOT).startsWith("basic")) {
      return new Obstructed(
          Obstacle.LOGIN_PAGE, "%s asks for a password (Basic) of its own.".formatted(at));
    }
    return new Obstructed(
        Obstacle.TOKEN_REFUSED,
        probe.token().isEmpty()
            ? "%s wants a token, and none was given.".formatted(at)
            : "%s refuses the token: %s.".formatted(at, statusAndReason(entry)));
  }

  private static String statusAndReason(Recording entry) {
    try {
      JsonObject problem = new JsonObject(entry.text());
      Object detail = problem.getValue("detail", problem.getValue("title", ""));
      return entry.status() + " " + Printable.of(String.valueOf(detail)).replaceAll("\\.$", "");
    } catch (DecodeException noProblem) {
      return String.valueOf(entry.status());
    }
  }

  /** The address of the probe of this surface. */
  public static URI probeOf(URI surface) {
    String path = surface.getPath() == null ? "" : surface.getPath();
    String own = path.isEmpty() || path.equals("/") ? "/api/notifications" : path;
    String probe = own.endsWith("/probe") ? own : own.replaceAll("/$", "") + "/probe";
    String query = surface.getRawQuery() == null ? "" : "?" + surface.getRawQuery();
    return surface.resolve(probe + query);
  }
}
