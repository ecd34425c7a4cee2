package io.millrace.ingress.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Azure templates: known to Microsoft's own models, and the same in both languages. */
class AzureTemplatesTest {

  @ParameterizedTest
  @ValueSource(strings = {"azure-app-service", "azure-front-door", "azure-application-gateway"})
  void bicepAndArmSayTheSame(String tier) throws IOException {
    // When
    JsonNode bicep = BicepFile.asTemplate(read(tier, "main.bicep"));

    // Then
    assertThat(ArmTemplate.normal(bicep))
        .isEqualTo(ArmTemplate.normal(ArmTemplate.parse(read(tier, "main.json"))));
  }

  @ParameterizedTest
  @CsvSource({
    "azure-app-service, alwaysOn: true, alwaysOn: false",
    "azure-app-service, WEBSITES_CONTAINER_STOP_TIME_LIMIT, WEBSITES_CONTAINER_START_TIME_LIMIT",
    "azure-front-door, originResponseTimeoutSeconds: 240, originResponseTimeoutSeconds: 30",
    "azure-front-door, id: aiEventsGroup.id, id: notificationsGroup.id",
    "azure-application-gateway, enableResponseBuffering: false, enableResponseBuffering: true",
    "azure-application-gateway, requestTimeout: 3600, requestTimeout: 30",
  })
  void aDifferenceBetweenTheTwoIsFound(String tier, String right, String wrong) throws IOException {
    // Given
    String shipped = read(tier, "main.bicep");
    String changed = shipped.replace(right, wrong);

    // When
    JsonNode bicep = BicepFile.asTemplate(changed);

    // Then
    assertThat(changed).isNotEqualTo(shipped);
    assertThat(ArmTemplate.normal(bicep))
        .isNotEqualTo(ArmTemplate.normal(ArmTemplate.parse(read(tier, "main.json"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"azure-app-service", "azure-front-door", "azure-application-gateway"})
  void thePublishedModelsKnowEveryPropertyAndValue(String tier) throws IOException {
    // When
    List<String> faults = AzureModels.faults(ArmTemplate.parse(read(tier, "main.json")));

    // Then
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "azure-app-service, alwaysOn, keepAlive",
    "azure-app-service, '\"alwaysOn\": true', '\"alwaysOn\": \"yes\"'",
    "azure-front-door, originResponseTimeoutSeconds, responseTimeoutSeconds",
    "azure-front-door, HttpsOnly, OnlyHttps",
    "azure-application-gateway, enableResponseBuffering, responseBuffering",
    "azure-application-gateway, '\"requestTimeout\": 3600', '\"requestTimeout\": \"1h\"'",
  })
  void whatTheModelsDoNotKnowIsFound(String tier, String right, String wrong) throws IOException {
    // Given
    String shipped = read(tier, "main.json");

    // When
    List<String> faults = AzureModels.faults(ArmTemplate.parse(shipped.replace(right, wrong)));

    // Then
    assertThat(faults).isNotEmpty();
  }

  @Test
  void theStreamsRoutesHaveNoCache() throws IOException {
    // When
    JsonNode template = ArmTemplate.parse(read("azure-front-door", "main.json"));

    // Then
    assertThat(template.findValues("patternsToMatch")).hasSize(2);
    assertThat(template.findValues("cacheConfiguration")).isEmpty();
  }

  private static String read(String tier, String file) throws IOException {
    return Files.readString(Path.of(tier, file));
  }
}
