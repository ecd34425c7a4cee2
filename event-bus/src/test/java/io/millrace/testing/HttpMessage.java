package io.millrace.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP/1.x response as far as its bytes have come.
 *
 * @param status status code
 * @param headers all values by name, whatever its case
 * @param body the bytes of the body so far, without the framing of chunks
 * @param complete whether the response said that this is all
 */
record HttpMessage(int status, Map<String, List<String>> headers, byte[] body, boolean complete) {

  private static final String CRLF = "\r\n";

  /** Empty while the head is not complete. */
  static Optional<HttpMessage> parse(byte[] received) {
    // One character a byte, so that places in the text are places in the bytes.
    String text = new String(received, StandardCharsets.ISO_8859_1);
    int end = text.indexOf(CRLF + CRLF);
    if (end < 0) {
      return Optional.empty();
    }
    String[] lines = text.substring(0, end).split(CRLF);
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers
          .computeIfAbsent(lines[i].substring(0, colon), name -> new ArrayList<>())
          .add(lines[i].substring(colon + 1).trim());
    }
    int status = Integer.parseInt(lines[0].split(" ")[1]);
    return Optional.of(body(status, headers, text, end + 4));
  }

  private static HttpMessage body(
      int status, Map<String, List<String>> headers, String text, int start) {
    if (headers.getOrDefault("Transfer-Encoding", List.of()).contains("chunked")) {
      return chunked(status, headers, text, start);
    }
    byte[] body = bytes(text.substring(start));
    boolean complete =
        headers.getOrDefault("Content-Length", List.of()).contains(Integer.toString(body.length));
    return new HttpMessage(status, headers, body, complete);
  }

  private static HttpMessage chunked(
      int status, Map<String, List<String>> headers, String text, int start) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int at = start;
    while (true) {
      int lineEnd = text.indexOf(CRLF, at);
      if (lineEnd < 0) {
        return new HttpMessage(status, headers, body.toByteArray(), false);
      }
      int size = Integer.parseInt(text.substring(at, lineEnd), 16);
      int next = lineEnd + 2 + size + 2;
      if (text.length() < next) {
        return new HttpMessage(status, headers, body.toByteArray(), false);
      }
      if (size == 0) {
        return new HttpMessage(status, headers, body.toByteArray(), true);
      }
      body.writeBytes(bytes(text.substring(lineEnd + 2, lineEnd + 2 + size)));
      at = next;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
