package io.millrace.cli.gateway;

import io.millrace.cli.token.DevelopmentKey;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** Gives the browser a development token in a cookie no script can read. */
final class DemoSession {

  /** The cookie the services read a token from. */
  private static final String COOKIE = "millrace-token";

  private final DevelopmentKey key;

  DemoSession(DevelopmentKey key) {
    this.key = key;
  }

  void start(HttpServerRequest request, JsonObject body) {
    DemoUser.named(body.getString("user", ""))
        .ifPresentOrElse(
            user -> {
              // Not "Secure": the gateway speaks plain HTTP, on loopback only.
              Cookie cookie =
                  Cookie.cookie(COOKIE, user.token().sign(key, Instant.now()))
                      .setHttpOnly(true)
                      .setSameSite(CookieSameSite.STRICT)
                      .setPath("/api/")
                      .setMaxAge(DemoUser.SESSION.toSeconds());
              request
                  .response()
                  .addCookie(cookie)
                  .setStatusCode(204)
                  .putHeader("Cache-Control", "no-store")
                  .end();
            },
            () -> new Problem(400, "user: is not one of the demo users").answer(request));
  }
}
