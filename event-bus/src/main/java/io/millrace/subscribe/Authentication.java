package io.millrace.subscribe;

import io.millrace.config.MillraceConfig;
import io.millrace.control.Credential;
import io.millrace.identity.KeysUnavailableException;
import io.millrace.identity.TokenWatch;
import io.millrace.telemetry.Meters;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import java.security.Principal;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * From a request to its caller. The token is found and verified by SmallRye JWT, in the {@code
 * Authorization} header or the configured cookie, never in the query.
 */
@Singleton
public final class Authentication {

  private static final String BEARER = "Bearer ";

  /** By default Quarkus answers a bad token by itself, without a problem document. */
  private static final BiConsumer<RoutingContext, Throwable> OURS_TO_ANSWER =
      (context, failure) -> {};

  private final IdentityProviderManager providers;
  private final MillraceConfig.Identity claims;
  private final KnownCallers known;
  private final String cookie;
  private final TokenWatch watch;
  private final Meters meters;

  Authentication(
      IdentityProviderManager providers,
      MillraceConfig config,
      KnownCallers known,
      @ConfigProperty(name = "mp.jwt.token.cookie") String cookie,
      TokenWatch watch,
      Meters meters) {
    this.providers = providers;
    this.claims = config.identity();
    this.known = known;
    this.cookie = cookie;
    this.watch = watch;
    this.meters = meters;
  }

  /**
   * The caller; empty without a token; fails when the token is not valid, and with a {@link
   * KeysUnavailableException} when nobody can tell.
   */
  public Uni<Optional<Caller>> caller(RoutingContext context) {
    Optional<String> token = token(context.request());
    Optional<Caller> caller = token.flatMap(known::of);
    if (caller.isPresent()) {
      return Uni.createFrom().item(caller);
    }
    if (token.isPresent() && !watch.hasKeys()) {
      return Uni.createFrom().failure(new KeysUnavailableException());
    }
    context.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, OURS_TO_ANSWER);
    if (hasBearer(context.request())) {
      context.request().headers().remove(HttpHeaders.COOKIE);
    }
    return QuarkusHttpUser.getSecurityIdentity(context, providers)
        .onFailure()
        .transform(watch::refused)
        .map(SecurityIdentity::getPrincipal)
        .map(principal -> verified(principal, token));
  }

  private Optional<Caller> verified(Principal principal, Optional<String> token) {
    if (!(principal instanceof JsonWebToken verified)) {
      return Optional.empty();
    }
    Caller caller = caller(verified);
    token.filter(verified.getRawToken()::equals).ifPresent(text -> known.add(text, caller));
    meters.tokenVerified();
    return Optional.of(caller);
  }

  /** The token SmallRye JWT will find. */
  private Optional<String> token(HttpServerRequest request) {
    return hasBearer(request)
        ? Optional.of(request.getHeader(HttpHeaders.AUTHORIZATION).substring(BEARER.length()))
        : Optional.ofNullable(request.getCookie(cookie)).map(Cookie::getValue);
  }

  /**
   * As {@link #caller}, but of the {@code Authorization} header alone; a cookie is not looked at.
   */
  public Uni<Optional<Caller>> bearer(RoutingContext context) {
    return hasBearer(context.request()) ? caller(context) : Uni.createFrom().item(Optional.empty());
  }

  /** What a client says itself wins over what its browser adds; SmallRye JWT prefers the cookie. */
  private static boolean hasBearer(HttpServerRequest request) {
    String value = request.getHeader(HttpHeaders.AUTHORIZATION);
    return value != null && value.regionMatches(true, 0, BEARER, 0, BEARER.length());
  }

  private Caller caller(JsonWebToken token) {
    String subject = token.getSubject();
    if (subject == null) {
      throw new IllegalArgumentException("the token has no claim " + Claims.sub);
    }
    Optional<Instant> issuedAt = issuedAt(token);
    issuedAt.ifPresent(watch::issuedAt);
    return new Caller(
        subject,
        text(token, claims.tenantClaim()),
        texts(token, claims.rolesClaim()),
        texts(token, claims.conversationsClaim()),
        Credential.of(subject, Optional.ofNullable(token.getTokenID()), issuedAt),
        issuedAt,
        Instant.ofEpochSecond(token.getExpirationTime()));
  }

  private static Optional<Instant> issuedAt(JsonWebToken token) {
    return token
        .<Object>claim(Claims.iat)
        .map(
            claim ->
                claim instanceof JsonNumber number
                    ? number.longValue()
                    : ((Number) claim).longValue())
        .map(Instant::ofEpochSecond);
  }

  private static Optional<String> text(JsonWebToken token, String claim) {
    Object value = token.getClaim(claim);
    if (value instanceof JsonString text) {
      return Optional.of(text.getString());
    }
    if (value == null || value instanceof String) {
      return Optional.ofNullable((String) value);
    }
    throw new IllegalArgumentException("claim " + claim + " must be text");
  }

  private static Set<String> texts(JsonWebToken token, String claim) {
    Object value = token.getClaim(claim);
    if (value == null) {
      return Set.of();
    }
    if (value instanceof JsonArray || value instanceof Collection) {
      return ((Collection<?>) value)
          .stream().map(element -> element(claim, element)).collect(Collectors.toSet());
    }
    throw new IllegalArgumentException("claim " + claim + " must be an array of texts");
  }

  private static String element(String claim, Object element) {
    if (element instanceof JsonString text) {
      return text.getString();
    }
    if (element instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("claim " + claim + " must be an array of texts");
  }
}
