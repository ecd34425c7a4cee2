package io.millrace.e2e.proxy;

import io.millrace.e2e.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shipped Cloudflare Worker in {@code workerd}, the program that runs it at Cloudflare. What it
 * fetches goes to a second worker, which stands for the network between it and the origins.
 */
public final class Workerd implements Proxy {

  private static final Pattern DATE = Pattern.compile("compatibility_date = \"([0-9-]+)\"");

  /** Only with a router: one Worker has one outbound service. */
  private static final String CONFIG =
      """
      using Workerd = import "/workerd/workerd.capnp";

      const config :Workerd.Config = (
        services = [
          (name = "edge", worker = (
            modules = [(name = "worker.js", esModule = embed "worker.js")],
            compatibilityDate = "%1$s",
            globalOutbound = "network")),
          (name = "network", worker = (
            modules = [(name = "network.js", esModule = embed "network.js")],
            compatibilityDate = "%1$s",
            bindings = [
              (name = "notifications", service = "notifications"),
              (name = "aiEvents", service = "ai-events")])),
          (name = "notifications", external = (address = "127.0.0.1:%2$d", http = ())),
          (name = "ai-events", external = (address = "127.0.0.1:%3$d", http = ())),
        ],
        sockets = [(name = "http", address = "%4$s", http = (), service = "edge")]
      );
      """;

  private static final String NETWORK =
      """
      export default {
        fetch(request, { notifications, aiEvents }) {
          const origin = new URL(request.url).pathname.startsWith("/api/ai/") ? aiEvents : notifications;
          return origin.fetch(request);
        },
      };
      """;

  @Override
  public String tier() {
    return "cloudflare-worker";
  }

  @Override
  public String program() {
    return "workerd";
  }

  /** A Worker that looks at what it passes on, as many do. */
  @Override
  public ProxyRule defaults() {
    return shipped()
        .replace(
            "return fetch(request);\n  },",
            """
            const response = await fetch(request);
                return new Response(await response.text(), response);
              },""");
  }

  @Override
  public Launch launch(ProxyRule rule, Wiring wiring) throws IOException {
    rule.writeTo(wiring.folder());
    Matcher date = DATE.matcher(rule.files().get("wrangler.toml"));
    if (!date.find()) {
      throw new IllegalStateException("wrangler.toml has no compatibility_date");
    }
    Files.writeString(wiring.folder().resolve("network.js"), NETWORK);
    Files.writeString(
        wiring.folder().resolve("config.capnp"),
        CONFIG.formatted(
            date.group(1), wiring.notifications(), wiring.aiEvents(), wiring.address()));
    String program = Requires.program(program()).toString();
    return new Launch(
        List.of(program, "compile", "config.capnp", "--config-only"),
        List.of(program, "serve", "config.capnp"));
  }
}
