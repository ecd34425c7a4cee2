package io.millrace.e2e.matrix;

import static io.millrace.e2e.matrix.Rows.APACHE;
import static io.millrace.e2e.matrix.Rows.CADDY;
import static io.millrace.e2e.matrix.Rows.CADDY_DEBIAN;
import static io.millrace.e2e.matrix.Rows.ENVOY;
import static io.millrace.e2e.matrix.Rows.HAPROXY;
import static io.millrace.e2e.matrix.Rows.HAPROXY_LTS;
import static io.millrace.e2e.matrix.Rows.LIGHTTPD;
import static io.millrace.e2e.matrix.Rows.NGHTTPX;
import static io.millrace.e2e.matrix.Rows.SQUID;
import static io.millrace.e2e.matrix.Rows.TRAEFIK;
import static io.millrace.e2e.matrix.Rows.TRAFFIC_SERVER;
import static io.millrace.e2e.matrix.Rows.VARNISH;
import static io.millrace.e2e.matrix.Rows.WORKERD;

import io.millrace.e2e.proxy.ProxyRule;
import java.util.List;

/** The other rules with a line made wrong, and what the doctor calls it. */
final class WrongRows {

  private static final String PIPE = "        return (pipe);";

  static final List<Row> ALL =
      List.of(
          HAPROXY.wrong("no `option http-no-delay`", WrongRows::delaying, "event-delay"),
          HAPROXY_LTS.wrong("no `option http-no-delay`", WrongRows::delaying, "event-delay"),
          HAPROXY.wrong("`timeout server 3s`", WrongRows::impatient, "idle-cut"),
          HAPROXY_LTS.wrongOverHttp2("`timeout server 3s`", WrongRows::impatient, "idle-cut"),
          HAPROXY_LTS.wrong(
              "`timeout server 3s`, whatever `timeout tunnel` says",
              rule ->
                  impatient(rule)
                      .replaceAll(2, "server 3s\n", "server 3s\n    timeout tunnel 1h\n"),
              "idle-cut"),
          HAPROXY.wrong(
              "compression, and `Accept-Encoding` left in: it obeys `no-transform`",
              rule -> rule.replaceAll(2, "    http-request del-header Accept-Encoding\n", "")),
          HAPROXY_LTS.wrong(
              "`maxconn 4` of a replica",
              rule -> rule.replace(":8081 check inter 1s", ":8081 maxconn 4 check inter 1s"),
              "connection-cap"),
          APACHE.wrong(
              "mod_deflate not kept away",
              rule -> rule.replace(" no-gzip=1 no-brotli=1", " another=1"),
              "compression"),
          APACHE.wrong(
              "`timeout=3` of a replica",
              rule -> rule.replaceAll(2, " timeout=3600", " timeout=3"),
              "idle-cut"),
          CADDY_DEBIAN.wrong("`encode` for everything", WrongRows::encoding, "compression"),
          CADDY.wrong("`encode` for everything: it obeys `no-transform`", WrongRows::encoding),
          CADDY.wrong(
              "`read_timeout 3s`",
              rule -> rule.replace("read_timeout 3600s", "read_timeout 3s"),
              "idle-cut"),
          TRAEFIK.wrong(
              "`buffering`",
              rule -> withMiddleware(rule, "buffering: {maxRequestBodyBytes: 2000000}"),
              "response-buffering"),
          TRAEFIK.wrong("`compress`", rule -> withMiddleware(rule, "compress: {}"), "compression"),
          TRAEFIK.wrongOverHttp2(
              "`compress`", rule -> withMiddleware(rule, "compress: {}"), "compression"),
          TRAEFIK.wrong(
              "`writeTimeout: 4s`",
              rule -> rule.replace("writeTimeout: 0s", "writeTimeout: 4s"),
              "total-cap"),
          ENVOY.wrong(
              "`timeout: 4s` of the route",
              rule -> rule.replaceAll(2, " timeout: 0s", " timeout: 4s"),
              "total-cap"),
          ENVOY.wrongOverHttp2(
              "`timeout: 4s` of the route",
              rule -> rule.replaceAll(2, " timeout: 0s", " timeout: 4s"),
              "total-cap"),
          ENVOY.wrong(
              "`idle_timeout: 3s`",
              rule -> rule.replaceAll(2, " idle_timeout: 3600s", " idle_timeout: 3s"),
              "idle-cut"),
          ENVOY.wrong(
              "`max_requests: 4`",
              rule -> rule.replace("max_requests: 1000000", "max_requests: 4"),
              "connection-cap"),
          LIGHTTPD.wrong(
              "`read-timeout` of 3 s",
              rule -> rule.replaceAll(2, "\"read-timeout\" => 3600", "\"read-timeout\" => 3"),
              "idle-cut"),
          LIGHTTPD.wrong(
              "no `server.stream-response-body`",
              rule -> rule.replaceAll(2, "    server.stream-response-body = 2\n", ""),
              "response-buffering"),
          NGHTTPX.wrong(
              "`read-timeout=3s`",
              rule -> rule.replaceAll(2, ";read-timeout=3600s", ";read-timeout=3s"),
              "idle-cut"),
          TRAFFIC_SERVER.wrong(
              "3 s of silence",
              rule ->
                  rule.replace("no_activity_timeout_out INT 3600", "no_activity_timeout_out INT 3"),
              "idle-cut"),
          TRAFFIC_SERVER.wrong(
              "4 s in all",
              rule -> rule.replaceAll(2, "active_timeout_in INT 0", "active_timeout_in INT 4"),
              "total-cap"),
          VARNISH.wrong(
              "`hash`, and the site stores it for an hour", WrongRows::stored, "shared-stream"),
          VARNISH.wrong(
              "`pipe_timeout=3`",
              rule -> rule.replace("pipe_timeout=3600", "pipe_timeout=3"),
              "idle-cut"),
          SQUID.wrong(
              "no `login=PASSTHRU`",
              rule -> rule.replaceAll(2, " no-digest login=PASSTHRU", " no-digest"),
              "headers-stripped"),
          SQUID.wrong(
              "`read_timeout 3 seconds`",
              rule -> rule.replace("read_timeout 3600 seconds", "read_timeout 3 seconds"),
              "idle-cut"),
          WORKERD.wrong(
              "reads the body first", rule -> WORKERD.proxy().defaults(), "response-buffering"));

  private WrongRows() {}

  private static ProxyRule delaying(ProxyRule rule) {
    return rule.replaceAll(2, "    option http-no-delay\n", "");
  }

  private static ProxyRule impatient(ProxyRule rule) {
    return rule.replaceAll(2, "timeout server 3600s", "timeout server 3s");
  }

  private static ProxyRule encoding(ProxyRule rule) {
    return rule.replace("encode @not_millrace ", "encode ");
  }

  private static ProxyRule withMiddleware(ProxyRule rule, String middleware) {
    return rule.replaceAll(2, "      middlewares: []\n", "      middlewares: [wrong]\n")
        .replace(
            "  services:\n",
            "  middlewares:\n    wrong:\n      " + middleware + "\n\n  services:\n");
  }

  /** What overrides the service's own Cache-Control. */
  private static ProxyRule stored(ProxyRule rule) {
    return rule.replaceAll(2, PIPE, "        return (hash);")
        .replace(
            "sub vcl_pipe {",
            """
            sub vcl_backend_response {
                set beresp.uncacheable = false;
                set beresp.ttl = 1h;
                return (deliver);
            }

            sub vcl_pipe {\
            """);
  }
}
