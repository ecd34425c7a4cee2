package io.millrace.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureTest {

  @Test
  void givesTheServerACoreOfItsOwn() {
    // When
    Cores four = Cores.split(4);

    // Then
    assertEquals("1-3", four.others());
    assertEquals(
        List.of("taskset", "-c", "0", "nginx", "-v"), four.onServerCore(List.of("nginx", "-v")));
    assertEquals("1", Cores.split(2).others());
  }

  @Test
  void needsTwoCoresToPin() {
    assertThrows(IllegalStateException.class, () -> Cores.split(1));
  }

  @Test
  void saysHowToRaiseTheLimitOfOpenFiles() throws IOException {
    // Given
    int tooMany = Integer.MAX_VALUE;

    // When
    IllegalStateException failure =
        assertThrows(IllegalStateException.class, () -> OpenFiles.require(tooMany));

    // Then
    assertTrue(failure.getMessage().contains("ulimit -n 2147484647"), failure.getMessage());
  }

  @Test
  void readsAProcessFromTheKernel() {
    // Given
    ProcessHandle self = ProcessHandle.current();

    // When
    long cpu = ProcessUsage.cpuNanos(self);
    long resident = ProcessUsage.residentBytes(self);

    // Then
    assertTrue(cpu > 0);
    assertTrue(resident > 1024 * 1024);
    assertTrue(TcpCounters.segmentsSent() >= 0);
  }
}
