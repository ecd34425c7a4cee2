package io.millrace.cli.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.kafka.embedded.EmbeddedKafka;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenersTest {

  @Test
  void saysToThoseHereAndToTheOthersWhatEachCanReach() {
    // When
    EmbeddedKafka.Options options = new Listeners(9092, 9094, "kafka.apps:9092").options();

    // Then
    assertEquals(9092, options.port());
    assertEquals(
        "PLAINTEXT://127.0.0.1:9092,OUTSIDE://kafka.apps:9092",
        options.settings().get("advertised.listeners"));
    String listeners = String.valueOf(options.settings().get("listeners"));
    assertTrue(listeners.contains("OUTSIDE://0.0.0.0:9094,"), listeners);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 9094, kafka:9092, port: must be 1 to 65535",
    "9092, 65536, kafka:9092, listen: must be 1 to 65535",
    "9092, 9092, kafka:9092, listen: must be another port",
    "9092, 9094, kafka, advertise: must be HOST:PORT",
    "9092, 9094, http://kafka:9092, advertise: must be HOST:PORT",
  })
  void refusesWhatNoClientCouldUse(int port, int outside, String advertised, String message) {
    String refused =
        assertThrows(IllegalArgumentException.class, () -> new Listeners(port, outside, advertised))
            .getMessage();

    assertTrue(refused.startsWith(message), refused);
  }
}
