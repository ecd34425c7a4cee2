package io.millrace.cli.doctor.tier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.cli.doctor.finding.Ailment;
import io.millrace.cli.doctor.finding.Finding;
import io.millrace.cli.doctor.finding.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuspectsTest {

  private static List<String> behind(Map<String, String> head, Ailment ailment, double amount) {
    Suspects suspects = new Suspects(name -> head.getOrDefault(name, ""));
    return suspects.behind(new Finding(ailment, Severity.SLOW, "", amount)).stream()
        .map(Suspect::title)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "Server, nginx/1.22.1, nginx",
    "Server, cloudflare, Cloudflare",
    "Server, gunicorn, ''",
    "CF-RAY, 8f1-FRA, Cloudflare",
    "X-Azure-Ref, 0abc, Azure Front Door",
    "Via, 1.1 varnish (Varnish/7.1), Varnish",
    "Via, 1.1 google, Google Cloud load balancer",
    "Server, Apache/2.4, Apache httpd",
    "Server, ATS/9.2.5, Apache Traffic Server",
    "Server, envoy, Envoy",
    "Via, 1.1 Caddy, Caddy"
  })
  void knowsATierByItsHead(String header, String value, String title) {
    // When
    List<String> found = behind(Map.of(header, value), Ailment.COMPRESSION, 0);

    // Then
    assertEquals(title.isEmpty() ? List.of() : List.of(title), found);
  }

  @Test
  void knowsHaproxyByItsDelay() {
    // When
    List<String> found = behind(Map.of("Server", "nginx"), Ailment.EVENT_DELAY, 201);

    // Then
    assertEquals(List.of("HAProxy"), found);
  }

  @Test
  void takesTheOneThatShowsAmongThoseThatAreKnown() {
    // When
    List<String> found = behind(Map.of("Server", "nginx"), Ailment.IDLE_CUT, 60.1);

    // Then
    assertEquals(List.of("nginx"), found);
  }

  @Test
  void namesNobodyWithoutASign() {
    // When
    List<String> found = behind(Map.of(), Ailment.COMPRESSION, 0);

    // Then
    assertEquals(List.of(), found);
  }
}
