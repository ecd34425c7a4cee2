package io.millrace.e2e.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.ErrorStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * The clients of {@link PublicClientsIT} that are in Java: each reads one run and tells its text.
 */
final class JavaClients {

  private static final ObjectMapper JSON = new ObjectMapper();

  private JavaClients() {}

  static String read(String client, String stream, String token) throws Exception {
    return client.startsWith("com.launchdarkly")
        ? okhttpEventSource(stream, token)
        : httpClient(stream, token);
  }

  private static String okhttpEventSource(String stream, String token) throws Exception {
    ConnectStrategy connect =
        ConnectStrategy.http(URI.create(stream)).header("Authorization", "Bearer " + token);
    Text text = new Text();
    try (EventSource source =
        new EventSource.Builder(connect).errorStrategy(ErrorStrategy.alwaysContinue()).build()) {
      while (!text.over) {
        MessageEvent message = source.readMessage();
        text.take(message.getEventName(), message.getData());
      }
    }
    return text.said.toString();
  }

  private static String httpClient(String stream, String token) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    Text text = new Text();
    String lastEventId = "";
    while (!text.over) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(stream)).header("Authorization", "Bearer " + token);
      if (!lastEventId.isEmpty()) {
        request.header("Last-Event-ID", lastEventId);
      }
      try (Stream<String> lines =
          client.send(request.build(), HttpResponse.BodyHandlers.ofLines()).body()) {
        lastEventId = read(lines.iterator(), lastEventId, text);
      }
    }
    return text.said.toString();
  }

  /** Reads until the run is over or the stream breaks off; returns the id to go on from. */
  private static String read(Iterator<String> lines, String from, Text text) {
    String lastEventId = from;
    String id = from;
    String event = "message";
    String data = "";
    try {
      while (!text.over && lines.hasNext()) {
        String line = lines.next();
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.isEmpty() && !data.isEmpty()) {
          lastEventId = id;
          text.take(event, data);
          event = "message";
          data = "";
        }
      }
    } catch (UncheckedIOException cut) {
      // The id of the last whole event is what the next request begins with.
    }
    return lastEventId;
  }

  /** The text of a run, as far as it came. */
  private static final class Text {

    private final StringBuilder said = new StringBuilder();
    private boolean over;

    void take(String name, String data) throws UncheckedIOException {
      if (name.startsWith("stream.")) {
        return;
      }
      try {
        JsonNode event = JSON.readTree(data);
        String type = event.path("type").asText();
        if (type.equals("TEXT_MESSAGE_CONTENT")) {
          said.append(event.path("delta").asText());
        }
        over = type.equals("RUN_FINISHED");
      } catch (IOException e) {
        throw new IllegalStateException("not JSON: " + data, e);
      }
    }
  }
}
