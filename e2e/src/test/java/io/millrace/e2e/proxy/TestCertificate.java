package io.millrace.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for loopback that nobody signed, made once for a run of the tests. */
public final class TestCertificate {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String ALIAS = "proxy";
  private static final TestCertificate MADE = make();

  private final Path certificate;
  private final Path key;
  private final Path both;
  private final Path trustStore;
  private final SSLContext trusted;

  private TestCertificate(Path folder, KeyStore store)
      throws GeneralSecurityException, IOException {
    Certificate made = store.getCertificate(ALIAS);
    Key secret = store.getKey(ALIAS, PASSWORD);
    String certificateText = pem("CERTIFICATE", made.getEncoded());
    String keyText = pem("PRIVATE KEY", secret.getEncoded());
    this.certificate = Files.writeString(folder.resolve("proxy.crt"), certificateText);
    this.key = Files.writeString(folder.resolve("proxy.key"), keyText);
    this.both = Files.writeString(folder.resolve("proxy.pem"), certificateText + keyText);
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry(ALIAS, made);
    this.trustStore = folder.resolve("trust.p12");
    try (OutputStream out = Files.newOutputStream(trustStore)) {
      trust.store(out, PASSWORD);
    }
    this.trusted = trusting(trust);
  }

  private static TestCertificate make() {
    try {
      Path folder = Files.createTempDirectory("millrace-certificate");
      Path file = folder.resolve("proxy.p12");
      keytool(file);
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, PASSWORD);
      }
      return new TestCertificate(folder, store);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The JDK has no other way to make a certificate that is not internal. */
  private static void keytool(Path store) throws IOException, InterruptedException {
    String program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        List.of(
            program,
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-validity",
            "30",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            new String(PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as("keytool said: %s", said).isZero();
  }

  private static String pem(String what, byte[] encoded) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, text);
  }

  private static SSLContext trusting(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** The certificate alone, as PEM. */
  public static Path certificate() {
    return MADE.certificate;
  }

  /** Its private key, as PEM. */
  public static Path key() {
    return MADE.key;
  }

  /** Both in one file, as PEM. */
  public static Path both() {
    return MADE.both;
  }

  /** It alone, as {@code javax.net.ssl.trustStore} with the JDK's usual password. */
  public static Path trustStore() {
    return MADE.trustStore;
  }

  /** For a client that trusts it and nobody else. */
  public static SSLContext trusted() {
    return MADE.trusted;
  }
}
