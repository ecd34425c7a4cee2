package io.millrace.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.testing.SseClient;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same stream over whatever HTTP the proxy speaks. */
public abstract class HttpVersionContract extends StreamTest {

  protected HttpVersionContract(Surface surface) {
    super(surface);
  }

  @Test
  void oneZeroIsServedWithoutChunks() {
    // Given
    SseClient stream = open(requestOf(alice).version("HTTP/1.0"));

    // When
    publish(alice, "1");
    publish(alice, "2");

    // Then
    assertEquals(List.of("1", "2"), stream.awaitData(2));
    assertEquals(List.of(), stream.headers("Transfer-Encoding"));
  }

  @Test
  void oneZeroResumes() {
    // Given
    SseClient first = openAs(alice);
    publish(alice, "1");
    String id = first.awaitFrame().id();
    publish(alice, "2");

    // When
    SseClient stream = open(requestOf(alice).version("HTTP/1.0").lastEventId(id));

    // Then
    assertEquals("2", stream.awaitFrame().data());
  }

  @Test
  void twoIsServedBesideOtherStreamsOfItsConnection() throws Exception {
    // Given
    double subscribers = management().meter("millrace_subscribers");
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

    // When
    try (InputStream hers = streamOver2(client, alice);
        InputStream his = streamOver2(client, bob)) {
      BufferedReader herLines = reader(hers);
      BufferedReader hisLines = reader(his);
      assertOpening(herLines);
      assertOpening(hisLines);
      publish(bob, "1");
      publish(alice, "2");

      // Then
      assertTrue(herLines.readLine().startsWith("id: "));
      assertEquals("data: 2", herLines.readLine());
      assertEquals("", herLines.readLine());
      assertTrue(hisLines.readLine().startsWith("id: "));
      assertEquals("data: 1", hisLines.readLine());
    }
    org.awaitility.Awaitility.await()
        .until(() -> management().meter("millrace_subscribers") == subscribers);
  }

  private InputStream streamOver2(HttpClient client, String person) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server().resolve(surface.path()))
            .header("Authorization", "Bearer " + surface.token(person).signed())
            .build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertEquals(200, response.statusCode());
    assertEquals(HttpClient.Version.HTTP_2, response.version());
    assertEquals(
        List.of("text/event-stream;charset=utf-8"), response.headers().allValues("content-type"));
    assertFalse(response.headers().map().containsKey("transfer-encoding"));
    return response.body();
  }

  private static BufferedReader reader(InputStream stream) {
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  private static void assertOpening(BufferedReader lines) throws IOException {
    List<String> opening = new ArrayList<>();
    for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
      opening.add(line);
    }
    assertEquals(2, opening.size());
    assertTrue(opening.get(0).startsWith("retry: "));
    assertEquals(": ready", opening.get(1));
  }
}
