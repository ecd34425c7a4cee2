package io.millrace.testing;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A request written header by header, down to bytes no HTTP library would send. */
public final class SseRequest {

  private final URI server;
  private final StringBuilder target;
  private final ByteArrayOutputStream headers = new ByteArrayOutputStream();
  private String method = "GET";
  private String version = "HTTP/1.1";
  private byte[] rest = {};

  private SseRequest(URI server, String path) {
    this.server = server;
    this.target = new StringBuilder(path);
    header("Host", server.getAuthority());
  }

  /** A GET with nothing but a host. */
  public static SseRequest to(URI server, String path) {
    return new SseRequest(server, path);
  }

  public SseRequest method(String name) {
    method = name;
    return this;
  }

  public SseRequest version(String name) {
    version = name;
    return this;
  }

  /** Adds a parameter, percent-encoded. */
  public SseRequest query(String name, String value) {
    return rawQuery(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  /** Adds a piece of query as it is. */
  public SseRequest rawQuery(String text) {
    target.append(target.indexOf("?") < 0 ? '?' : '&').append(text);
    return this;
  }

  public SseRequest bearer(TestToken token) {
    return bearer(token.signed());
  }

  public SseRequest bearer(String token) {
    return header("Authorization", "Bearer " + token);
  }

  /** The cookie a browser's native client would send. */
  public SseRequest cookie(String token) {
    return header("Cookie", "millrace-token=" + token);
  }

  public SseRequest lastEventId(String id) {
    return header("Last-Event-ID", id);
  }

  public SseRequest header(String name, String value) {
    return header(name, value.getBytes(StandardCharsets.UTF_8));
  }

  public SseRequest header(String name, byte[] value) {
    headers.writeBytes((name + ": ").getBytes(StandardCharsets.US_ASCII));
    headers.writeBytes(value);
    headers.writeBytes(new byte[] {'\r', '\n'});
    return this;
  }

  /** What follows the headers: a body, or further requests. */
  public SseRequest then(String text) {
    rest = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /** The bytes of the request. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        (method + " " + target + " " + version + "\r\n").getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(headers.toByteArray());
    bytes.writeBytes(new byte[] {'\r', '\n'});
    bytes.writeBytes(rest);
    return bytes.toByteArray();
  }

  /** Sends it. */
  public SseClient send() {
    return SseClient.send(server, bytes());
  }

  /** Sends it and reads nothing before {@link SseClient#resume}. */
  public SseClient sendStalled() {
    return SseClient.stalled(server, bytes());
  }
}
