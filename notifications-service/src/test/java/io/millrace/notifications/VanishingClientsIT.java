package io.millrace.notifications;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SseClient;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two thousand clients go without a word, and nothing of them is left behind. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class VanishingClientsIT extends StreamTest {

  private static final int CLIENTS = 2000;

  private static final int STREAMS_OF_ONE = 50;

  /** Both ends of each connection are in this process, and it needs some files besides. */
  private static final int DESCRIPTORS = 2 * CLIENTS + 1000;

  /** An idle stream holds over 4 KB: what leaked of one round alone would be more than this. */
  private static final long HEAP_BOUND = CLIENTS * 2048L;

  private static final UnixOperatingSystemMXBean SYSTEM =
      (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static boolean warm;

  VanishingClientsIT() {
    super(Surface.NOTIFICATIONS);
  }

  /** How a client goes. */
  enum Departure {
    /** With a FIN, as a closed tab does. */
    CLOSE {
      @Override
      void leave(Socket socket) throws IOException {
        socket.close();
      }
    },
    /** With a RST, as a killed process or a proxy that gave up does. */
    RESET {
      @Override
      void leave(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    },
    /** Its sending side alone; the other stays open until the server ends it. */
    HALF_CLOSE {
      @Override
      void leave(Socket socket) throws IOException {
        socket.shutdownOutput();
      }
    };

    abstract void leave(Socket socket) throws IOException;
  }

  @BeforeAll
  static void needsFileDescriptors() {
    assertTrue(
        SYSTEM.getMaxFileDescriptorCount() >= DESCRIPTORS,
        "needs " + DESCRIPTORS + " file descriptors (ulimit -n)");
  }

  /** Classes loaded and pools filled by a first crowd are not counted. */
  @BeforeEach
  void warmUp() throws IOException {
    if (!warm) {
      leave(crowd(), Departure.CLOSE);
      awaitNobody();
      warm = true;
    }
  }

  @ParameterizedTest
  @EnumSource
  void leaveNothingBehind(Departure departure) throws IOException {
    // Given
    long heap = heapBytes();
    long descriptors = SYSTEM.getOpenFileDescriptorCount();
    double closed = management().meter("millrace_streams_closed_total", "client-gone");

    // When
    List<Socket> crowd = crowd();
    assertEquals(CLIENTS, management().meter("millrace_subscribers"));
    topic().write("tenant:" + alice, "\"to all of them\"");
    leave(crowd, departure);
    topic().write("tenant:" + alice, "\"to nobody\"");

    // Then
    awaitNobody();
    assertEquals(
        closed + CLIENTS, management().meter("millrace_streams_closed_total", "client-gone"));
    for (Socket socket : crowd) {
      socket.close();
    }
    await()
        .untilAsserted(() -> assertTrue(SYSTEM.getOpenFileDescriptorCount() <= descriptors + 50));
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertGrowth(heapBytes() - heap));
    assertEquals(0, management().meter("millrace_routes"));
    assertEquals(0, management().meter("millrace_fences_total"));
    assertNextIsServed();
  }

  private static void assertGrowth(long bytes) {
    assertTrue(bytes < HEAP_BOUND, "heap grew by " + bytes + " bytes");
  }

  private void assertNextIsServed() {
    SseClient next = openAs(alice);
    publish(alice, "\"next\"");
    assertEquals(List.of("\"next\""), next.awaitData(1));
  }

  /** Of one tenant, and no more of one person than one may have. */
  private List<Socket> crowd() throws IOException {
    List<Socket> crowd = new ArrayList<>();
    byte[] request = {};
    for (int i = 0; i < CLIENTS; i++) {
      if (i % STREAMS_OF_ONE == 0) {
        request = request().bearer(TestToken.of(alice + i).tenant(alice)).bytes();
      }
      Socket socket = new Socket(server().getHost(), server().getPort());
      crowd.add(socket);
      socket.getOutputStream().write(request);
    }
    for (Socket socket : crowd) {
      assertEquals('H', socket.getInputStream().read());
    }
    return crowd;
  }

  private static void leave(List<Socket> crowd, Departure departure) throws IOException {
    for (Socket socket : crowd) {
      departure.leave(socket);
    }
  }

  private void awaitNobody() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> management().meter("millrace_subscribers") == 0);
  }

  private static long heapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
