package io.millrace.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.doctor.check.Plan;
import io.millrace.cli.doctor.finding.Obstacle;
import io.millrace.cli.doctor.finding.Obstructed;
import io.millrace.cli.http.TinyOrigin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is no probe gets one sentence and an exit status of its own. */
class ObstacleIT {

  private static Diagnosis examined(String scheme, int port) throws InterruptedException {
    return new Doctor(
            URI.create(scheme + "://localhost:" + port + "/api/notifications"),
            Optional.empty(),
            Optional.of("a.b.c"),
            List.of(Plan.QUICK),
            doing -> {})
        .examine();
  }

  private static void assertObstacle(Obstacle expected, String sentence, Diagnosis diagnosis) {
    Obstructed obstructed = diagnosis.obstacle().orElseThrow();
    assertEquals(expected, obstructed.obstacle(), obstructed::sentence);
    assertTrue(obstructed.sentence().contains(sentence), obstructed::sentence);
    assertEquals(1, obstructed.sentence().lines().count());
    assertEquals(expected.exitStatus(), diagnosis.exitStatus());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 OK|text/html|LOGIN_PAGE|answers with a web page",
        "200 OK|application/json|NO_PROBE|answers with \"application/json\"",
        "200 OK|text/event-stream|NO_PROBE|a stream that is not the probe's",
        "405 Method Not Allowed|text/plain|NO_PROBE|There is no probe at http://localhost",
        "302 Found|text/html|LOGIN_PAGE|redirects to",
        "400 Bad Request|application/problem+json|NO_PROBE|There is no probe",
        "401 Unauthorized|application/problem+json|TOKEN_REFUSED|refuses the token: 401 it is old",
        "403 Forbidden|application/problem+json|TOKEN_REFUSED|refuses the token: 403",
        "404 Not Found|text/html|NO_PROBE|There is no probe at http://localhost",
        "429 Too Many Requests|application/problem+json|UNAVAILABLE|answers 429",
        "502 Bad Gateway|text/html|UNAVAILABLE|answers 502",
        "503 Service Unavailable|text/html|UNAVAILABLE|answers 503"
      })
  void saysWhatAnswersInsteadOfTheProbe(
      String status, String type, Obstacle obstacle, String sentence) throws Exception {
    try (TinyOrigin origin =
        TinyOrigin.start(
            exchange -> {
              try {
                exchange.answer(status, type, "{\"detail\":\"it is old.\"}");
              } catch (IOException gone) {
                // The doctor has left.
              }
            })) {
      // When
      Diagnosis diagnosis = examined("http", origin.port());

      // Then
      assertObstacle(obstacle, sentence, diagnosis);
    }
  }

  @Test
  void saysThatAServiceSendsEverybodyAway() throws Exception {
    try (TinyOrigin origin =
        TinyOrigin.start(
            exchange -> {
              try {
                exchange.stream().chunk("retry: 9000\n: busy\n\n").end();
              } catch (IOException gone) {
                // The doctor has left.
              }
            })) {
      // When
      Diagnosis diagnosis = examined("http", origin.port());

      // Then
      assertObstacle(Obstacle.UNAVAILABLE, "is full, starting or stopping", diagnosis);
    }
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    // Given
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    // When
    Diagnosis diagnosis = examined("http", port);

    // Then
    assertObstacle(Obstacle.UNREACHABLE, "Nobody listens at localhost:" + port, diagnosis);
  }

  @Test
  void saysThatThereIsNoTls() throws Exception {
    try (TinyOrigin origin =
        TinyOrigin.start(
            exchange -> {
              throw new IllegalStateException("what came was a request");
            })) {
      // When
      Diagnosis diagnosis = examined("https", origin.port());

      // Then
      assertEquals(Obstacle.UNREACHABLE, diagnosis.obstacle().orElseThrow().obstacle());
    }
  }

  @Test
  void saysThatACertificateIsNotTrusted(@TempDir Path temporary) throws Exception {
    // Given
    try (ServerSocket server = withOwnCertificate(temporary.resolve("key.p12"))) {
      Thread accepting = new Thread(() -> shakeHands(server), "own-certificate");
      accepting.setDaemon(true);
      accepting.start();

      // When
      Diagnosis diagnosis = examined("https", server.getLocalPort());

      // Then
      assertObstacle(Obstacle.UNTRUSTED_CERTIFICATE, "is not trusted", diagnosis);
    }
  }

  private static void shakeHands(ServerSocket server) {
    try (var socket = server.accept()) {
      var unused = socket.getInputStream().read();
    } catch (IOException refused) {
      // The doctor does not trust it.
    }
  }

  private static ServerSocket withOwnCertificate(Path file) throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process making =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "own",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(making.getInputStream().readAllBytes());
    assertEquals(0, making.waitFor(), said);
    KeyStore keys = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), new javax.net.ssl.TrustManager[0], null);
    return context
        .getServerSocketFactory()
        .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
