package io.millrace.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The shipped nginx files with the addresses of a test in place of the examples. A negative control
 * makes one line wrong; each replacement must hit exactly one line, so that a control can't go
 * stale.
 */
record NginxRule(String sseProxy, String server) {

  static NginxRule shipped() {
    return new NginxRule(
        Repository.text("ingress/nginx/sse-proxy.conf"),
        Repository.text("ingress/nginx/millrace.conf"));
  }

  NginxRule listen(int port) {
    return new NginxRule(
        sseProxy, replaceOne(server, "listen 80;", "listen " + Loopback.HOST + ":" + port + ";"));
  }

  NginxRule notifications(int... ports) {
    return new NginxRule(sseProxy, replicas(8081, ports));
  }

  NginxRule aiEvents(int... ports) {
    return new NginxRule(sseProxy, replicas(8082, ports));
  }

  private String replicas(int example, int... ports) {
    Matcher line =
        Pattern.compile("server 127\\.0\\.0\\.1:" + example + "( [^;]*)?;").matcher(server);
    if (!line.find()) {
      throw new IllegalStateException("millrace.conf has no example address with port " + example);
    }
    String settings = line.group(1) == null ? "" : line.group(1);
    String lines =
        Arrays.stream(ports)
            .mapToObj(port -> "server %s:%d%s;".formatted(Loopback.HOST, port, settings))
            .collect(Collectors.joining("\n    "));
    return replaceOne(server, line.group(), lines);
  }

  /** One line of sse-proxy.conf with another value. */
  NginxRule with(String directive, String value) {
    return new NginxRule(
        replaceOne(sseProxy, line(directive), directive + " " + value + ";"), server);
  }

  /** sse-proxy.conf without one line. */
  NginxRule without(String directive) {
    return new NginxRule(replaceOne(sseProxy, line(directive), ""), server);
  }

  private String line(String directive) {
    Matcher line =
        Pattern.compile("(?m)^" + Pattern.quote(directive) + " [^;]*;$").matcher(sseProxy);
    if (!line.find()) {
      throw new IllegalStateException("sse-proxy.conf has no line " + directive);
    }
    return line.group();
  }

  private static String replaceOne(String text, String from, String to) {
    int at = text.indexOf(from);
    if (at < 0 || text.indexOf(from, at + 1) >= 0) {
      throw new IllegalStateException("Not exactly once in the file: " + from);
    }
    return text.substring(0, at) + to + text.substring(at + from.length());
  }

  void writeTo(Path conf) throws IOException {
    Files.createDirectories(conf.resolve("conf.d"));
    Files.writeString(conf.resolve("sse-proxy.conf"), sseProxy);
    Files.writeString(conf.resolve("conf.d/millrace.conf"), server);
  }
}
