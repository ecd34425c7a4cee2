package io.millrace.e2e.ingress;

import static io.millrace.e2e.OriginExchange.Framing.CHUNKED;
import static org.awaitility.Awaitility.await;

import io.millrace.e2e.Origin;
import io.millrace.e2e.OriginExchange;
import io.millrace.e2e.SseReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A controller that runs, with the chart's preset applied: {@code /api/notifications} is the
 * service's, {@code /api/ai/events} is an origin's.
 */
record RunningRoutes(
    IngressSite site, Controller of, Controller.Running process, Routes routes, Origin origin)
    implements AutoCloseable {

  private static final int ATTEMPTS = 30;
  private static final Duration ATTEMPT = Duration.ofSeconds(2);

  /** A stream, and the other end of it. */
  record OpenStream(SseReader reader, OriginExchange exchange) {}

  /** Waits until both surfaces are reached. */
  OpenStream openAiEvents() throws Exception {
    try {
      site.awaitService(routes);
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        Optional<OpenStream> open = attempt("/api/ai/events?attempt=" + attempt + "&");
        if (open.isPresent()) {
          return open.get();
        }
      }
      throw new AssertionError("the origin was not reached");
    } catch (Exception | AssertionError e) {
      throw new AssertionError(of.name() + " is not ready; it said: " + process.said(), e);
    }
  }

  private Optional<OpenStream> attempt(String path) throws IOException, InterruptedException {
    SseReader reader = SseReader.open(routes.uri(path), "Host", routes.host());
    try {
      await(path).atMost(ATTEMPT).until(origin::hasWaitingRequest);
    } catch (ConditionTimeoutException notYetRouted) {
      reader.close();
      return Optional.empty();
    }
    OriginExchange exchange = origin.next();
    if (!exchange.head().contains(path)) {
      reader.close();
      return Optional.empty();
    }
    exchange.openStream(CHUNKED);
    reader.awaitLine(": ready");
    return Optional.of(new OpenStream(reader, exchange));
  }

  SseReader openNotifications(String token, String... headers) {
    List<String> all =
        new ArrayList<>(List.of("Host", routes.host(), "Authorization", "Bearer " + token));
    all.addAll(List.of(headers));
    return SseReader.open(routes.uri("/api/notifications"), all.toArray(String[]::new));
  }

  @Override
  public void close() {
    process.close();
    origin.close();
  }
}
