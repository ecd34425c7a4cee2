package io.millrace.kafka.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.Allocation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a publisher posts as a CloudEvent, or as many: read, or refused with a plain word. */
class CloudEventFuzzTest {

  private static final long BYTES_FOR_A_BODY = 128 << 10;
  private static final long BYTES_PER_BYTE = 96;

  @Provide
  Arbitrary<byte[]> bodies() {
    return FuzzedRecords.values();
  }

  @Property(tries = 5_000)
  void isReadOrRefused(@ForAll("bodies") byte[] body) {
    // When
    try {
      CloudEvent event = CloudEvent.read(body);

      // Then
      assertTrue(event.data().length <= body.length);
    } catch (IllegalArgumentException refused) {
      assertPlain(refused);
    }
  }

  @Property(tries = 5_000)
  void isOneOfABatchAsItIsAlone(@ForAll("bodies") byte[] body) {
    // Given
    String text = new String(body, StandardCharsets.UTF_8);

    // When
    try {
      List<byte[]> batch = CloudEvent.batch(("[" + text + ",{}]").getBytes(StandardCharsets.UTF_8));

      // Then
      assertEquals("{}", new String(batch.get(batch.size() - 1), StandardCharsets.UTF_8));
      if (batch.size() == 2) {
        assertEquals(text.strip(), new String(batch.get(0), StandardCharsets.UTF_8));
      }
    } catch (IllegalArgumentException refused) {
      assertPlain(refused);
    }
  }

  @Property(tries = 2_000)
  void allocatesInProportionToTheBody(@ForAll("bodies") byte[] body) {
    // Given
    AtomicReference<List<Object>> kept = new AtomicReference<>(new ArrayList<>());

    // When
    long allocated =
        Allocation.of(
            () -> {
              try {
                kept.get().add(CloudEvent.read(body));
              } catch (IllegalArgumentException refused) {
                kept.get().add(refused);
              }
            });

    // Then
    long deserved = BYTES_FOR_A_BODY + BYTES_PER_BYTE * body.length;
    assertTrue(allocated <= deserved, allocated + " bytes, more than " + deserved);
  }

  private static void assertPlain(IllegalArgumentException refused) {
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    assertTrue(message.length() < 100, message);
  }
}
