package io.millrace.e2e.proxy;

import io.millrace.e2e.Requires;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Squid with the shipped file inside the configuration of a site that shares responses and cuts
 * after a second.
 */
public final class Squid implements Proxy {

  private static final String FILE = "millrace.conf";

  /** Nothing is written: after its start Squid is a user who may not enter the folder. */
  private static final String PROGRAM =
      """
      visible_hostname localhost
      pid_filename none
      cache_log /dev/null
      access_log none
      cache_store_log none
      netdb_filename none
      """;

  private static final String SITE =
      """
      collapsed_forwarding on
      read_timeout 1 second
      """;

  @Override
  public String tier() {
    return "squid";
  }

  @Override
  public String program() {
    return "squid";
  }

  @Override
  public Optional<String> reload() {
    return Optional.of("HUP");
  }

  @Override
  public ProxyRule defaults() {
    return ProxyRule.of(
        FILE,
        """
        http_port 80 accel defaultsite=localhost
        acl ai_events urlpath_regex ^/api/ai/events
        http_access allow all
        cache_peer 127.0.0.1 parent 8081 0 name=notifications originserver no-query
        cache_peer_access notifications deny ai_events
        cache_peer 127.0.0.1 parent 8082 0 name=ai_events originserver no-query
        cache_peer_access ai_events allow ai_events
        """);
  }

  @Override
  public Launch launch(ProxyRule rule, Wiring wiring) throws IOException {
    String site = rule.equals(defaults()) ? PROGRAM : PROGRAM + SITE;
    ProxyRule wired =
        rule.replace("http_port 80 ", "http_port " + wiring.address() + " ")
            .replace("parent 8081 ", "parent %d ".formatted(wiring.notifications()))
            .replace("parent 8082 ", "parent %d ".formatted(wiring.aiEvents()));
    ProxyRule.of(FILE, site + wired.files().get(FILE)).writeTo(wiring.folder());
    String program = Requires.program(program()).toString();
    String file = wiring.folder().resolve(FILE).toString();
    return new Launch(
        List.of(program, "-k", "parse", "-f", file), List.of(program, "-N", "-d", "1", "-f", file));
  }
}
