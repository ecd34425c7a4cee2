package io.millrace.testing.broker;

import io.smallrye.certs.CertificateGenerator;
import io.smallrye.certs.CertificateRequest;
import io.smallrye.certs.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A certificate for a broker and one for a client, made anew: nobody else trusts them. */
public final class BrokerCertificates {

  private static final String PASSWORD = "password";
  private static final String NAME = "kafka";

  private final Path directory;

  /**
   * @param commonName the name in both
   */
  public BrokerCertificates(String commonName) {
    try {
      directory = Files.createTempDirectory("millrace-certificates-");
      new CertificateGenerator(directory, true)
          .generate(
              new CertificateRequest()
                  .withName(NAME)
                  .withCN(commonName)
                  .withSubjectAlternativeName("IP:127.0.0.1")
                  .withPassword(PASSWORD)
                  .withFormat(Format.PKCS12)
                  .withClientCertificate());
      for (Path file : Files.list(directory).toList()) {
        file.toFile().deleteOnExit();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Settings of the broker. */
  public Map<String, String> ofBroker() {
    return Map.of(
        "ssl.keystore.location",
        file("kafka-keystore.p12"),
        "ssl.keystore.type",
        "PKCS12",
        "ssl.keystore.password",
        PASSWORD,
        "ssl.truststore.location",
        file("kafka-server-truststore.p12"),
        "ssl.truststore.type",
        "PKCS12",
        "ssl.truststore.password",
        PASSWORD,
        "ssl.principal.mapping.rules",
        "RULE:^.*CN=([^,]+).*$/$1/,DEFAULT");
  }

  /** Settings of a client that trusts the broker. */
  public Map<String, String> trust() {
    return Map.of(
        "ssl.truststore.location",
        file("kafka-client-truststore.p12"),
        "ssl.truststore.type",
        "PKCS12",
        "ssl.truststore.password",
        PASSWORD);
  }

  /** Settings of a client that shows its own certificate. */
  public Map<String, String> ofClient() {
    return Map.of(
        "ssl.keystore.location",
        file("kafka-client-keystore.p12"),
        "ssl.keystore.type",
        "PKCS12",
        "ssl.keystore.password",
        PASSWORD);
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }
}
