package io.millrace.cli.doctor.tier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.doctor.finding.Ailment;
import io.millrace.ingress.Tier;
import io.millrace.ingress.tier.Tiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RuleTest {

  private static final Path REPOSITORY = Path.of("..");

  private static Rule rule(Ailment ailment, String id) {
    return Rule.of(ailment, Optional.of(new Suspect(id, id, "")));
  }

  static Stream<Tier> tiers() {
    return Tiers.ALL.stream();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RESPONSE_BUFFERING|nginx|proxy_buffering off;",
        "RESPONSE_BUFFERING_TAIL|nginx|proxy_buffering off;",
        "COMPRESSION|nginx|gzip off;",
        "SHARED_STREAM|nginx|proxy_cache off;",
        "HTTP10_UPSTREAM|nginx|proxy_http_version",
        "DUPLICATE_REQUESTS|nginx|proxy_next_upstream error timeout;",
        "GHOST_SUBSCRIBERS|nginx|proxy_ignore_client_abort off;",
        "IDLE_CUT|nginx|proxy_read_timeout",
        "EVENT_DELAY|haproxy|option http-no-delay",
        "IDLE_CUT|haproxy|timeout server …s",
        "GHOST_SUBSCRIBERS|haproxy|option abortonclose",
        "COMPRESSION|apache|SetEnvIf",
        "RESPONSE_BUFFERING|lighttpd|server.stream-response-body"
      })
  void namesTheLineThatCures(Ailment ailment, String id, String line) {
    // When
    Rule rule = rule(ailment, id);

    // Then
    assertTrue(rule.text().startsWith(line), rule::toString);
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void namesLinesThatAreThere(Tier tier) throws IOException {
    for (Ailment ailment : Ailment.values()) {
      // When
      Rule rule = rule(ailment, tier.id());

      // Then
      List<String> place = List.of(rule.place().split(":"));
      Path file = REPOSITORY.resolve(place.get(0));
      assertTrue(Files.exists(file), rule::toString);
      if (place.size() > 1) {
        String line = Files.readAllLines(file).get(Integer.parseInt(place.get(1)) - 1);
        String start = rule.text().split("…")[0].strip();
        assertTrue(line.strip().startsWith(start), () -> line + " is not " + rule);
      }
    }
  }

  @Test
  void pointsToTheTableWhereNobodyIsSuspected() {
    // When
    Rule rule = Rule.of(Ailment.COMPRESSION, Optional.empty());

    // Then
    assertEquals("ingress/README.md", rule.place());
  }
}
