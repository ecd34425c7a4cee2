package io.millrace.e2e.interop;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A model that speaks as OpenAI does, and says always the same, token by token. */
final class ScriptedModel implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<String> tokens;
  private volatile String asked = "";

  private ScriptedModel(HttpServer server, List<String> tokens) {
    this.server = server;
    this.tokens = tokens;
  }

  static ScriptedModel saying(String... tokens) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ScriptedModel model = new ScriptedModel(server, List.of(tokens));
    server.createContext("/v1/chat/completions", model::answer);
    server.start();
    return model;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/";
  }

  /** The body of the last request. */
  String asked() {
    return asked.replaceAll("\\s*:\\s*", ":");
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      for (String token : tokens) {
        write(body, chunk(Map.of("role", "assistant", "content", token), "null"));
      }
      write(body, chunk(Map.of(), "\"stop\""));
      write(body, "[DONE]");
    }
  }

  private static String chunk(Map<String, String> delta, String reason) throws IOException {
    return """
    {"id":"scripted","object":"chat.completion.chunk","created":1,"model":"scripted",\
    "choices":[{"index":0,"delta":%s,"finish_reason":%s}]}"""
        .formatted(JSON.writeValueAsString(delta), reason);
  }

  private static void write(OutputStream body, String data) throws IOException {
    body.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    body.flush();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
