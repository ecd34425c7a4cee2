package io.millrace.ingress.preset;

import io.millrace.ingress.Capability;
import io.millrace.ingress.Contract;
import io.millrace.ingress.IdleTimeout;
import io.millrace.ingress.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.text.StringSubstitutor;

/**
 * Renders the chart's presets from the contract: {@code helm/millrace/files/presets.yaml}. The
 * chart's own values are put in by the chart.
 */
public final class Presets {

  /** Where it belongs, from the root of the repository. */
  public static final String FILE = "helm/millrace/files/presets.yaml";

  /** Waits for ever, and nobody can change that. */
  private static final IdleTimeout ENDLESS =
      new IdleTimeout(0, Integer.MAX_VALUE, Integer.MAX_VALUE, "");

  /** Envoy's and so Contour's and Envoy Gateway's own; 15 s in all, off with the preset. */
  private static final int ENVOY_IDLE_SECONDS = 300;

  private static final int ENVOY_TOTAL_SECONDS = 15;

  private static final List<Preset> ALL =
      List.of(
          Preset.idleOnly("ingress-nginx", IdleTimeout.any(60, "proxy-read-timeout")),
          Preset.idleOnly("f5-nginx", IdleTimeout.any(60, "proxy-read-timeout")),
          Preset.idleOnly("haproxytech", IdleTimeout.any(50, "timeout-server")),
          Preset.idleOnly("haproxy-ingress", IdleTimeout.any(50, "timeout-server")),
          Preset.idleOnly("traefik", ENDLESS),
          envoy("contour", IdleTimeout.any(ENVOY_IDLE_SECONDS, "timeoutPolicy.idle")),
          Preset.idleOnly("agic", new IdleTimeout(30, 1, 86_400, "request-timeout")),
          Preset.idleOnly("alb", new IdleTimeout(60, 1, 4_000, "idle_timeout.timeout_seconds")),
          Preset.idleOnly("gce", new IdleTimeout(30, 1, 86_400, "timeoutSec")),
          envoy("envoy-gateway", IdleTimeout.any(ENVOY_IDLE_SECONDS, "streamIdleTimeout")),
          Preset.idleOnly("nginx-gateway-fabric", IdleTimeout.any(60, "timeout.read")),
          envoy("contour-gateway", IdleTimeout.fixed(ENVOY_IDLE_SECONDS)),
          Preset.idleOnly("istio", ENDLESS),
          Preset.idleOnly("agc", IdleTimeout.fixed(300)),
          Preset.idleOnly("traefik-gateway", ENDLESS));

  private final Contract contract;

  public Presets(Contract contract) {
    this.contract = contract;
  }

  private static Preset envoy(String id, IdleTimeout idle) {
    return new Preset(id, new Capability(idle, Optional.empty(), Optional.of(ENVOY_TOTAL_SECONDS)));
  }

  /**
   * The chart's file.
   *
   * @throws IllegalArgumentException names what can't work, and at which controller
   */
  public String render() {
    Rules rules = new Rules(contract);
    Map<String, String> values = new TreeMap<>();
    for (Preset preset : ALL) {
      rules.check(preset.id(), preset.capability());
      values.put(preset.id() + ".idle", preset.idle());
      values.put(preset.id() + ".most", String.valueOf(preset.capability().idle().maxSeconds()));
    }
    values.put("idleSeconds", String.valueOf(contract.idleTimeoutSeconds()));
    values.put("upstreamHttp", contract.upstreamHttp());
    return new StringSubstitutor(values, "@{", "}")
        .setEnableUndefinedVariableException(true)
        .replace(template());
  }

  private static String template() {
    try (InputStream in = Presets.class.getResourceAsStream("presets.yaml")) {
      if (in == null) {
        throw new IllegalStateException("No template presets.yaml");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
