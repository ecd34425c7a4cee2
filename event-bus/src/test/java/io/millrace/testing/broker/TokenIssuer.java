package io.millrace.testing.broker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.testing.SigningKey;
import io.millrace.testing.TestToken;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;

/**
 * An authorization server: hands out tokens for client credentials, and publishes the key they are
 * signed with.
 */
public final class TokenIssuer implements AutoCloseable {

  /** Kafka fetches tokens and keys only from where this says it may. */
  private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

  private static final String KEY_ID = "k1";

  private final HttpServer server;
  private volatile String secret;

  public TokenIssuer(String secret) {
    this.secret = secret;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/token", this::token);
    server.createContext("/keys", exchange -> answer(exchange, 200, keys()));
    server.start();
    System.setProperty(ALLOWED_URLS, tokenUrl() + "," + keysUrl());
  }

  /** From now on this is the secret of every client. */
  public void expect(String changed) {
    secret = changed;
  }

  public String tokenUrl() {
    return url("/token");
  }

  public String keysUrl() {
    return url("/keys");
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void token(HttpExchange exchange) throws IOException {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    byte[] decoded = Base64.getDecoder().decode(header.substring("Basic ".length()));
    String[] credentials = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
    if (!credentials[1].equals(secret)) {
      answer(exchange, 401, new JsonObject().put("error", "invalid_client").encode());
      return;
    }
    String token =
        TestToken.of(credentials[0]).claim("scope", "kafka").header("kid", KEY_ID).signed();
    answer(exchange, 200, new JsonObject().put("access_token", token).encode());
  }

  private static String keys() throws IOException {
    try {
      X509EncodedKeySpec spec = new X509EncodedKeySpec(SigningKey.TRUSTED.publicKeyBytes());
      PublicKey key = KeyFactory.getInstance("EC").generatePublic(spec);
      PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(key);
      jwk.setKeyId(KEY_ID);
      return new JsonWebKeySet(jwk).toJson();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    System.clearProperty(ALLOWED_URLS);
  }
}
