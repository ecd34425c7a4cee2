package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trial: a broker and a key pair in the release, and a way to examine it. */
class ChartTrialTest {

  private final Manifests trial = Chart.renderWithTests(Chart.ci("trial"));

  @Test
  void theServicesConnectToTheBrokerOfTheRelease() {
    // When
    String servers =
        trial.named("ConfigMap", "-notifications").at("/data/KAFKA_BOOTSTRAP_SERVERS").asText();

    // Then
    JsonNode service = trial.named("Service", "-kafka");
    String address = service.at("/metadata/name").asText() + ":" + service.at("/spec/ports/0/port");
    assertThat(servers).isEqualTo(address);
    JsonNode broker = trial.named("StatefulSet", "-kafka").at("/spec/template");
    assertThat(broker.at("/metadata/labels")).isEqualTo(service.at("/spec/selector"));
    assertThat(broker.at("/spec/containers/0/args").toString())
        .contains("--advertise=" + address)
        .contains("--listen=" + broker.at("/spec/containers/0/ports/0/containerPort"))
        .contains("--topic=notifications", "--topic=ai-events", "--control-topic=stream-control");
  }

  @Test
  void theServicesAcceptWhatTheKeyOfTheReleaseSigns() throws Exception {
    // Given
    JsonNode secret = trial.only("Secret").path("data");
    byte[] text = "token".getBytes(StandardCharsets.UTF_8);
    String pem = decoded(secret, "key").replaceAll("-----.*?-----", "");
    PrivateKey key =
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(
                        decoded(secret, "public-key").getBytes(StandardCharsets.UTF_8)));

    // When
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(key);
    signer.update(text);
    byte[] signature = signer.sign();

    // Then
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(certificate.getPublicKey());
    verifier.update(text);
    assertThat(verifier.verify(signature)).isTrue();
    assertThat(
            trial
                .named("ConfigMap", "-ai-events")
                .at("/data/MP_JWT_VERIFY_PUBLICKEY_ALGORITHM")
                .asText())
        .isEqualTo("EDDSA");
  }

  @Test
  void noServiceSeesThePrivateKey() {
    for (String service : List.of("notifications", "ai-events")) {
      JsonNode volumes = trial.podOf(service).path("volumes");
      assertThat(volumes.findValuesAsText("key")).as(service).containsExactly("public-key");
    }
  }

  @Test
  void withAVolumeTheBrokerKeepsItsLog() {
    // When
    JsonNode broker = Chart.render(Chart.ci("trial-storage")).only("StatefulSet").path("spec");

    // Then
    JsonNode claim = broker.at("/volumeClaimTemplates/0");
    assertThat(claim.at("/spec/resources/requests/storage").asText()).isEqualTo("1Gi");
    assertThat(broker.at("/template/spec/volumes").findValuesAsText("name"))
        .doesNotContain(claim.at("/metadata/name").asText());
  }

  @Test
  void saysThatItIsNotForProductionAndHowToGetAToken() {
    // When
    String notes = Chart.notes(Chart.ci("trial"));

    // Then
    assertThat(notes)
        .contains("NOT FOR PRODUCTION")
        .contains("exec demo-millrace-kafka-0 -- millrace token --sub alice")
        .contains("exec demo-millrace-kafka-0 -- millrace publish notifications user:alice")
        .doesNotContain("kcat");
    assertThat(Chart.notes(Chart.ci("trial-key"))).contains("millrace token --key trial.key");
    assertThat(Chart.notes(Chart.leastValues())).doesNotContain("NOT FOR PRODUCTION");
  }

  @ParameterizedTest
  @CsvSource({
    "trial, http://demo-millrace-notifications:8080/api/notifications, ''",
    "ingress, https://events.example.com/api/notifications, http://demo-millrace-notifications:8080/api/notifications",
    "operations, https://events.example.com/api/notifications, http://demo-millrace-notifications:8080/api/notifications",
  })
  void theTestExaminesTheServiceAndTheIngressWhereThereIsOne(
      String values, String url, String origin) {
    // When
    Manifests manifests = Chart.renderWithTests(Chart.ci(values));

    // Then
    JsonNode arguments =
        manifests.named("Pod", "-test-notifications").at("/spec/containers/0/args");
    assertThat(arguments.path(0).asText()).isEqualTo("doctor");
    assertThat(arguments.path(1).asText()).isEqualTo(url);
    assertThat(arguments.path(2).asText()).isEqualTo(origin.isEmpty() ? "" : "--origin=" + origin);
  }

  @Test
  void theTestTakesItsTokenFromASecret() {
    // When
    JsonNode variable =
        Chart.renderWithTests(Chart.ci("trial-storage"))
            .named("Pod", "-test-ai-events")
            .at("/spec/containers/0/env/0");

    // Then
    assertThat(variable.path("name").asText()).isEqualTo("MILLRACE_TOKEN");
    assertThat(variable.at("/valueFrom/secretKeyRef"))
        .isEqualTo(Yaml.tree("{name: doctor-token, key: token}"));
  }

  private static String decoded(JsonNode secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret.path(key).asText()), StandardCharsets.UTF_8);
  }
}
