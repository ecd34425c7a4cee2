package io.millrace.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsTest {

  @ParameterizedTest
  @CsvSource({"20000, 19488", "1024, 512", "600, 300", "1, 1", "9223372036854775807, 2147483647"})
  void leavesFilesForTheProcessItself(long files, int connections) {
    assertEquals(connections, Descriptors.maxConnections(files));
  }

  @ParameterizedTest
  @CsvSource({"19488, 18514", "300, 285", "10, 9", "1, 1"})
  void leavesConnectionsToSaySoToTheRest(int connections, int streams) {
    assertEquals(streams, Descriptors.maxStreams(connections));
  }

  @Test
  void isTheDefaultThatAnOperatorReplaces() {
    // Given
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDiscoveredSources();

    // When
    SmallRyeConfig found = builder.build();

    // Then
    assertTrue(found.getValue(Descriptors.MAX_CONNECTIONS, Integer.class) > 0);
    assertEquals(
        "7",
        new SmallRyeConfigBuilder()
            .addDiscoveredSources()
            .withSources(
                new PropertiesConfigSource(
                    Map.of(Descriptors.MAX_CONNECTIONS, "7"), "operator", 250))
            .build()
            .getValue(Descriptors.MAX_CONNECTIONS, String.class));
  }
}
