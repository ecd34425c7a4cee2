package io.millrace.e2e.interop;

import io.millrace.e2e.Repository;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that others publish, and what {@link PublicClientsIT} holds of it.
 *
 * @param name of its package
 * @param language the folder its program is in, below {@code e2e/src/test/clients}; for Java,
 *     {@link JavaClients} has it
 * @param use the part of it that is used
 * @param command the program, and its arguments
 * @param resume how it goes on after a stream that was broken off
 * @param note what its users must know
 */
record PublicClient(
    String name, String language, String use, List<String> command, Resume resume, String note) {

  enum Resume {
    ITSELF("goes on by itself"),
    CALLER("its caller goes on, with the last id"),
    AGAIN("its caller asks again, and is given the run from its beginning"),
    NONE("does not go on exactly");

    final String words;

    Resume(String words) {
      this.words = words;
    }
  }

  static final List<PublicClient> ALL =
      List.of(
          node(
              "eventsource",
              "eventsource.mjs",
              "`EventSource`",
              Resume.ITSELF,
              "A token goes in by its `fetch` option. In Node it lets the process end while it waits to reconnect."),
          node(
              "eventsource-client",
              "eventsource-client.mjs",
              "`createEventSource`",
              Resume.ITSELF,
              ""),
          node(
              "@microsoft/fetch-event-source",
              "fetch-event-source.mjs",
              "`fetchEventSource`",
              Resume.ITSELF,
              "The end of a response, as at a drain, is the end of all: throw in `onclose`. Heartbeats call `onmessage` with empty data. Set `openWhenHidden`. No longer maintained."),
          node(
              "@tanstack/ai-client",
              "tanstack.mjs",
              "`fetchServerSentEvents(url).joinRun(runId)`",
              Resume.ITSELF,
              "Its headers are made once per join: a token that expires meanwhile is not renewed."),
          node(
              "ai",
              "vercel.mjs",
              "`DefaultChatTransport.reconnectToStream`, `profile=ui-message-stream`",
              Resume.AGAIN,
              "A stream that was cut off throws a `TypeError`, and `useChat` says `isDisconnect`. Name the run when asking again, as it may have ended meanwhile."),
          node(
              "@ag-ui/client",
              "ag-ui.mjs",
              "`HttpAgent`, `GET` by its `fetch` option",
              Resume.NONE,
              "A stream has to begin at the start of a run, so it must not send a cursor."),
          node(
              "@langchain/langgraph-sdk",
              "langgraph.mjs",
              "`threads.joinStream`",
              Resume.CALLER,
              "Its `callerOptions.fetch` has to lead its addresses here. Heartbeats arrive as events without data."),
          python(
              "httpx-sse",
              "httpx_sse_client.py",
              "`connect_sse`",
              "The first `retry:` arrives as an event without data."),
          python("sseclient-py", "sseclient_py.py", "`SSEClient(response).events()`", ""),
          go(
              "github.com/r3labs/sse/v2",
              "r3labs",
              "`SubscribeRaw`",
              Resume.NONE,
              "It reconnects, but hands over the first half of an event that was cut off as if it were whole, and goes on behind it. Heartbeats arrive as events without data."),
          go(
              "github.com/launchdarkly/eventsource",
              "launchdarkly",
              "`SubscribeWithRequestAndOptions`",
              Resume.ITSELF,
              "Without an error handler a stream that breaks off ends it. The first `retry:` arrives as an event without data."),
          java(
              "com.launchdarkly:okhttp-eventsource",
              "`EventSource`",
              Resume.ITSELF,
              "Without an error strategy it throws when a stream ends."),
          java(
              "java.net.http.HttpClient",
              "`BodyHandlers.ofLines`",
              Resume.CALLER,
              "You parse the lines yourself."));

  private static PublicClient node(
      String name, String program, String use, Resume resume, String note) {
    return new PublicClient(
        name, "node", use, List.of("node_modules/.bin/node", program), resume, note);
  }

  private static PublicClient python(String name, String file, String use, String note) {
    return new PublicClient(
        name, "python", use, List.of("env/bin/python", file), Resume.CALLER, note);
  }

  private static PublicClient go(
      String name, String argument, String use, Resume resume, String note) {
    return new PublicClient(name, "go", use, List.of("./clients", argument), resume, note);
  }

  private static PublicClient java(String name, String use, Resume resume, String note) {
    return new PublicClient(name, "java", use, List.of(), resume, note);
  }

  /** The version that is installed, from where versions are pinned. */
  String version() {
    return switch (language) {
      case "node" -> pinned("node/package.json", "\"" + name + "\": \"([^\"]+)\"");
      case "python" -> pinned("python/requirements.txt", "(?m)^" + name + "==(\\S+)");
      case "go" -> pinned("go/go.mod", name + " v(\\S+)");
      default ->
          name.contains(":")
              ? found(Repository.text("pom.xml"), "<okhttp-eventsource.version>([^<]+)<")
              : "of the JDK";
    };
  }

  private static String pinned(String file, String pattern) {
    return found(Repository.text("e2e/src/test/clients/" + file), pattern);
  }

  private static String found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("nothing like " + pattern);
    }
    return matcher.group(1);
  }

  @Override
  public String toString() {
    return name;
  }
}
