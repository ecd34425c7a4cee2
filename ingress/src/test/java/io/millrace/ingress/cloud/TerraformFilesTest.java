package io.millrace.ingress.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.ingress.cloud.HclFile.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Terraform files: known to the providers' schemas, and of one mind with the ARM templates. */
class TerraformFilesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "azure-app-service/main.tf",
        "azure-front-door/main.tf",
        "azure-application-gateway/main.tf",
        "cloudflare/main.tf",
        "cloudflare/page-rules/main.tf"
      })
  void theProvidersKnowEveryResourceAndArgument(String file) throws IOException {
    // When
    List<String> faults = ProviderSchema.faults(read(file));

    // Then
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "azure-front-door/main.tf, response_timeout_seconds, timeout_seconds",
    "azure-front-door/main.tf, 'response_timeout_seconds = 240', 'response_timeout_seconds = \"1h\"'",
    "azure-front-door/main.tf, load_balancing, balancing",
    "azure-app-service/main.tf, service_plan_id, plan_id",
    "azure-application-gateway/main.tf, response_buffering_enabled, response_buffering",
    "cloudflare/main.tf, response_body_buffering, response_buffering",
    "cloudflare/page-rules/main.tf, cache_level, caching",
  })
  void whatTheProvidersDoNotKnowIsFound(String file, String right, String wrong)
      throws IOException {
    // Given
    String text = Files.readString(Path.of(file)).replace(right, wrong);

    // When
    List<String> faults = ProviderSchema.faults(HclFile.parse(text));

    // Then
    assertThat(faults).isNotEmpty();
  }

  @Test
  void theFrontDoorOfTerraformIsThatOfArm() throws IOException {
    // Given
    JsonNode arm = arm("azure-front-door");
    Block file = read("azure-front-door/main.tf");

    // When
    Block profile = file.resource("azurerm_cdn_frontdoor_profile");
    Block route = file.resource("azurerm_cdn_frontdoor_route");

    // Then
    assertThat(profile.arguments().get("response_timeout_seconds"))
        .isEqualTo(arm.findValue("originResponseTimeoutSeconds"));
    assertThat(route.blocks()).as("a cache block switches caching on").isEmpty();
    assertThat(file.block("locals").arguments().toString())
        .contains(arm.findValues("patternsToMatch").get(0).get(0).toString())
        .contains(arm.findValues("patternsToMatch").get(1).get(0).toString());
  }

  @Test
  void theApplicationGatewayOfTerraformIsThatOfArm() throws IOException {
    // Given
    JsonNode arm = arm("azure-application-gateway");

    // When
    Block gateway =
        read("azure-application-gateway/main.tf").resource("azurerm_application_gateway");

    // Then
    assertThat(gateway.block("global").arguments().get("response_buffering_enabled"))
        .isEqualTo(arm.findValue("enableResponseBuffering"));
    Block streams = gateway.block("backend_http_settings");
    assertThat(streams.arguments().get("request_timeout"))
        .isEqualTo(arm.findValue("requestTimeout"));
    assertThat(streams.block("connection_draining").arguments().get("drain_timeout_sec"))
        .isEqualTo(arm.findValue("drainTimeoutInSec"));
    assertThat(gateway.block("probe").block("match").arguments().get("status_code"))
        .isEqualTo(arm.findValue("statusCodes"));
    List<JsonNode> paths = arm.findValues("paths");
    assertThat(gateway.block("url_path_map").blocks())
        .extracting(rule -> rule.arguments().get("paths"))
        .isEqualTo(paths);
  }

  @Test
  void theAppServiceOfTerraformIsThatOfArm() throws IOException {
    // Given
    JsonNode arm = arm("azure-app-service");
    Block file = read("azure-app-service/main.tf");
    StringBuilder settings = new StringBuilder();

    // When
    file.block("locals")
        .arguments()
        .get("stream_settings")
        .properties()
        .forEach(
            entry ->
                settings.append(
                    ", '%s', '%s'".formatted(entry.getKey(), entry.getValue().asText())));

    // Then
    assertThat(arm.at("/resources/2/properties").asText())
        .isEqualTo("[union(parameters('settings'), createObject(%s))]", settings.substring(2));
    Block app = file.resource("azurerm_linux_web_app");
    assertThat(app.arguments().get("client_affinity_enabled"))
        .isEqualTo(arm.findValue("clientAffinityEnabled"));
    assertThat(app.block("site_config").arguments().get("always_on"))
        .isEqualTo(arm.findValue("alwaysOn"));
    assertThat(app.block("site_config").arguments().get("http2_enabled"))
        .isEqualTo(arm.findValue("http20Enabled"));
  }

  private static Block read(String file) throws IOException {
    return HclFile.parse(Files.readString(Path.of(file)));
  }

  private static JsonNode arm(String tier) throws IOException {
    return ArmTemplate.parse(Files.readString(Path.of(tier, "main.json")));
  }
}
