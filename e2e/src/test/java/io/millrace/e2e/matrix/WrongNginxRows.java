package io.millrace.e2e.matrix;

import static io.millrace.e2e.matrix.Rows.NGINX;
import static io.millrace.e2e.matrix.Rows.NGINX_MAINLINE;
import static io.millrace.e2e.proxy.Protocol.HTTP_1_1;

import io.millrace.e2e.proxy.ProxyRule;
import java.util.List;
import java.util.Set;

/** The nginx rule with a line made wrong, and what the doctor calls it. */
final class WrongNginxRows {

  static final List<Row> ALL =
      List.of(
          NGINX.wrong("`proxy_buffering on`", WrongNginxRows::buffering, "response-buffering-tail"),
          NGINX_MAINLINE.wrongOverHttp2(
              "`proxy_buffering on`", WrongNginxRows::buffering, "response-buffering-tail"),
          NGINX.wrong("`proxy_http_version 1.0`", WrongNginxRows::http10, "http10-upstream"),
          NGINX.wrong(
              "`proxy_http_version 1.0` and `proxy_buffering on`",
              rule -> buffering(http10(rule)),
              "response-buffering",
              "http10-upstream"),
          NGINX.wrong(
              "`gzip on`", rule -> rule.replace("\ngzip off;", "\ngzip on;"), "compression"),
          NGINX.wrong(
              "`proxy_ignore_client_abort on`: the next heartbeat still tells",
              rule -> rule.replace("_client_abort off;", "_client_abort on;")),
          NGINX.wrong("`proxy_read_timeout 3s`", WrongNginxRows::impatient, "idle-cut"),
          NGINX_MAINLINE.wrong("`proxy_read_timeout 3s`", WrongNginxRows::impatient, "idle-cut"),
          NGINX.wrong("`limit_conn` of four", WrongNginxRows::fourAtMost, "connection-cap"),
          NGINX.wrong(
              "`proxy_cache` without `proxy_buffering` stores nothing",
              rule -> rule.replace("proxy_cache off;", "proxy_cache shared;")),
          NGINX.wrong(
              "`proxy_cache`, `proxy_cache_lock` and `proxy_buffering on`",
              rule -> buffering(rule).replace("proxy_cache off;", "proxy_cache shared;"),
              "shared-stream"),
          NGINX.wrong(
              "`Last-Event-ID` not passed on",
              rule ->
                  rule.replace(
                      "proxy_set_header Connection \"\";",
                      "proxy_set_header Connection \"\";\nproxy_set_header Last-Event-ID \"\";"),
              "headers-stripped"),
          behindAnother());

  private WrongNginxRows() {}

  private static ProxyRule buffering(ProxyRule rule) {
    return rule.replace("proxy_buffering off;", "proxy_buffering on;");
  }

  private static ProxyRule http10(ProxyRule rule) {
    return rule.replace("proxy_http_version 1.1;", "proxy_http_version 1.0;");
  }

  private static ProxyRule impatient(ProxyRule rule) {
    return rule.replace("proxy_read_timeout 3600s;", "proxy_read_timeout 3s;");
  }

  private static ProxyRule fourAtMost(ProxyRule rule) {
    return rule.replace(
        "server {\n    listen 80;",
        "limit_conn_zone $binary_remote_addr zone=streams:1m;\n"
            + "server {\n    limit_conn streams 4;\n    listen 80;");
  }

  /** Debian's speaks HTTP/1.0 to the inner one by default, so it keeps everything to the end. */
  private static Row behindAnother() {
    return new Row(
        Row.Kind.WRONG,
        "nginx 1.22 as it comes → nginx 1.22",
        HTTP_1_1,
        "`X-Accel-Buffering` not passed on",
        List.of(
            NGINX.asItComes(),
            NGINX.changed(rule -> rule.replace("\nproxy_pass_header X-Accel-Buffering;", ""))),
        Set.of("response-buffering"));
  }
}
