package io.millrace.e2e.matrix;

import static org.awaitility.Awaitility.await;

import io.millrace.e2e.Loopback;
import io.millrace.e2e.Silence;
import io.millrace.e2e.SseReader;
import io.millrace.e2e.proxy.ProxyChain;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/** When the service notices that a client left, by its own count of streams. */
enum Departure {
  AT_ONCE("at once"),
  WITH_A_HEARTBEAT("with a heartbeat"),
  NOT_NOTICED("not within five heartbeats"),
  NO_STREAM("–");

  private static final Duration TO_OPEN = Duration.ofSeconds(8);
  private static final long BETWEEN_LOOKS_MILLIS = 100;

  /** The first one is written to who has left; each proxy on the way may need one more. */
  private static final int HEARTBEATS = 5;

  private final String words;

  Departure(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** A client comes and goes as soon as the service knows it. */
  static Departure of(ProxyChain chain, Replica replica, String user) throws Exception {
    Silence.until(() -> replica.count().subscribers() == 0);
    try (Client client = Client.open(chain, replica.bearer(user))) {
      if (!opens(replica)) {
        return NO_STREAM;
      }
      int before = replica.count().heartbeats();
      client.leave();
      Replica.Count count = replica.count();
      while (count.subscribers() > 0 && count.heartbeats() - before < HEARTBEATS) {
        Silence.forMillis(BETWEEN_LOOKS_MILLIS, () -> true);
        count = replica.count();
      }
      if (count.subscribers() > 0) {
        return NOT_NOTICED;
      }
      return count.heartbeats() == before ? AT_ONCE : WITH_A_HEARTBEAT;
    }
  }

  private static boolean opens(Replica replica) {
    try {
      await().atMost(TO_OPEN).until(() -> replica.count().subscribers() == 1);
      return true;
    } catch (ConditionTimeoutException never) {
      return false;
    }
  }

  /**
   * One that can leave. Over HTTP/1.1 a plain socket: the JDK's client leaves in ways of its own.
   */
  private interface Client extends AutoCloseable {

    void leave() throws IOException;

    @Override
    default void close() throws IOException {
      leave();
    }

    static Client open(ProxyChain chain, String bearer) throws IOException {
      URI uri = chain.uri(Replica.PATH);
      if (uri.getScheme().equals("https")) {
        SseReader reader = chain.open(Replica.PATH, "Authorization", bearer);
        return reader::leave;
      }
      Socket socket = Loopback.connect(uri.getPort());
      String request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\nAuthorization: %s\r\n\r\n"
              .formatted(uri.getPath(), uri.getAuthority(), bearer);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return () -> leave(socket);
    }

    /** What has come is read first, or the kernel would say more than a goodbye. */
    private static void leave(Socket socket) throws IOException {
      if (!socket.isClosed()) {
        socket.getInputStream().skipNBytes(socket.getInputStream().available());
      }
      socket.close();
    }
  }
}
