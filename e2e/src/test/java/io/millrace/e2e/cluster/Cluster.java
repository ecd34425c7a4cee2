package io.millrace.e2e.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.CertUtils;
import io.millrace.e2e.Requires;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/**
 * The cluster that {@code KUBECONFIG} names; {@code MILLRACE_IMAGE_TAG} and {@code
 * MILLRACE_IMAGE_REGISTRY} say which images are in it, when they are not those the chart names.
 * Tests keep apart by namespaces of their own.
 */
public final class Cluster implements AutoCloseable {

  private final Terminal terminal;
  private final KubernetesClient client;

  private Cluster(Path kubeconfig) {
    this.terminal = new Terminal(kubeconfig);
    this.client = new KubernetesClientBuilder().withConfig(config(kubeconfig)).build();
  }

  /**
   * The client takes a key that does not say what it is for RSA, which is kind's; the certificate
   * says what it is. With a token there is neither.
   */
  private static Config config(Path kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    if (config.getClientCertData() == null && config.getClientCertFile() == null) {
      return config;
    }
    try (InputStream certificate =
        CertUtils.getInputStreamFromDataOrFile(
            config.getClientCertData(), config.getClientCertFile())) {
      config.setClientKeyAlgo(
          CertificateFactory.getInstance("X.509")
              .generateCertificate(certificate)
              .getPublicKey()
              .getAlgorithm());
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CertificateException e) {
      throw new IllegalArgumentException("client certificate of " + kubeconfig, e);
    }
  }

  /** Where there is none, the test is skipped, or fails. */
  public static Cluster connect() {
    return new Cluster(Requires.cluster());
  }

  public KubernetesClient client() {
    return client;
  }

  public Terminal terminal() {
    return terminal;
  }

  /** Of the first node, as pods reach it. */
  public String nodeAddress() {
    return client.nodes().list().getItems().get(0).getStatus().getAddresses().stream()
        .filter(address -> address.getType().equals("InternalIP"))
        .findFirst()
        .orElseThrow()
        .getAddress();
  }

  /** A namespace nobody else has, which lets only pods in that are restricted. */
  public TestNamespace namespace(String purpose) {
    return TestNamespace.create(this, purpose);
  }

  @Override
  public void close() {
    client.close();
  }
}
