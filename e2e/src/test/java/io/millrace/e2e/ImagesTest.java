package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Dockerfiles say twice, or together with the chart, stays the same. */
class ImagesTest {

  private static final String NOTIFICATIONS = "notifications-service";
  private static final String AI_EVENTS = "ai-events-service";

  private static String dockerfile(String module) {
    return Repository.text(module + "/src/main/docker/Dockerfile");
  }

  @Test
  void bothServicesAreMadeTheSameWay() {
    // When
    String renamed = dockerfile(NOTIFICATIONS).replace(NOTIFICATIONS, AI_EVENTS);

    // Then
    assertThat(dockerfile(AI_EVENTS)).isEqualTo(renamed);
  }

  @Test
  void withoutTheChartTheOptionsAreThoseOfTheChart() {
    // Given
    String options = String.valueOf(Chart.defaults().get("javaOptions"));

    // When
    List<String> lines = dockerfile(NOTIFICATIONS).lines().toList();

    // Then
    assertThat(lines.subList(lines.lastIndexOf(""), lines.size()))
        .contains("ENV JAVA_TOOL_OPTIONS=\"" + options + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {NOTIFICATIONS, AI_EVENTS, "cli"})
  void theUserIsTheOneTheChartNames(String module) {
    // Given: by a number, or the kubelet could not tell that it is not root
    int user =
        Chart.render(Chart.leastValues())
            .podOf("-notifications")
            .at("/securityContext/runAsUser")
            .asInt();

    // When
    String dockerfile = dockerfile(module);

    // Then
    assertThat(dockerfile).contains("\nUSER " + user + ":" + user + "\n");
  }
}
