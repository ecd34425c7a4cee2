package io.millrace.notifications;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.testing.SigningKey;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** The key set of an issuer, which answers 503 until it is told otherwise. */
public final class IssuerResource implements QuarkusTestResourceLifecycleManager {

  static final String KEY_ID = "k1";

  private static volatile boolean answers;

  private HttpServer server;

  static void answer(boolean well) {
    answers = well;
  }

  @Override
  public Map<String, String> start() {
    answers = false;
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/keys", IssuerResource::keys);
    server.start();
    return Map.of();
  }

  /** Where it will be: Quarkus wants to know that there is a key before it starts anything. */
  static String url() {
    return "http://127.0.0.1:" + port() + "/keys";
  }

  /** Quarkus loads this class several times; the JDK is loaded once. */
  private static int port() {
    return (Integer)
        System.getProperties().computeIfAbsent("millrace.test.issuer-port", absent -> freePort());
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keys(HttpExchange exchange) throws IOException {
    byte[] body = json().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answers ? 200 : 503, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String json() {
    try {
      X509EncodedKeySpec spec = new X509EncodedKeySpec(SigningKey.TRUSTED.publicKeyBytes());
      PublicKey key = KeyFactory.getInstance("EC").generatePublic(spec);
      PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(key);
      jwk.setKeyId(KEY_ID);
      return answers ? new JsonWebKeySet(List.of(jwk)).toJson() : "out of order";
    } catch (GeneralSecurityException | JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}
