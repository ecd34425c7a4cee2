package io.millrace.ingress;

import io.millrace.ingress.tier.Tiers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.text.StringSubstitutor;

/** Renders every file under {@code ingress/} from the contract. */
public final class Rules {

  private final Contract contract;

  /**
   * @throws IllegalArgumentException the contract asks for what no template says
   */
  public Rules(Contract contract) {
    this.contract = contract;
    refuse(contract.buffering(), "buffering");
    refuse(contract.compression(), "compression");
    refuse(contract.cache(), "cache");
    refuse(contract.retries(), "retries");
    refuse(!contract.clientAborts().equals("pass"), "clientAborts");
    refuse(!contract.upstreamHttp().equals("1.1"), "upstreamHttp");
    refuse(contract.paths().stream().anyMatch(path -> !path.match().equals("exact")), "match");
  }

  private static void refuse(boolean other, String key) {
    if (other) {
      throw new IllegalArgumentException(
          "contract.yaml: %s: every template is written for the one value".formatted(key));
    }
  }

  /**
   * All files of all tiers, by path below {@code ingress/}.
   *
   * @throws IllegalArgumentException names what can't work, and at which tier
   */
  public SortedMap<String, String> render() {
    SortedMap<String, String> files = new TreeMap<>();
    Tiers.ALL.forEach(tier -> files.putAll(render(tier)));
    return files;
  }

  /** The files of one tier, by path below {@code ingress/}. */
  public SortedMap<String, String> render(Tier tier) {
    check(tier.id(), tier.capability());
    Map<String, String> values = common(tier);
    values.putAll(tier.values(contract));
    StringSubstitutor substitutor =
        new StringSubstitutor(values, "@{", "}").setEnableUndefinedVariableException(true);
    SortedMap<String, String> files = new TreeMap<>();
    for (String file : tier.files()) {
      String path = tier.id() + "/" + file;
      files.put(path, substitutor.replace(template(path)));
    }
    return files;
  }

  /**
   * What no tier of this kind can carry is refused here, not found out by users.
   *
   * @throws IllegalArgumentException names what can't work
   */
  public void check(String id, Capability capability) {
    IdleTimeout idle = capability.idle();
    int beats = contract.heartbeatSeconds() * 3;
    if (idle.maxSeconds() < beats) {
      throw new IllegalArgumentException(
          "%s: heartbeatSeconds %d: three of them are more than its idle limit of %d s"
              .formatted(id, contract.heartbeatSeconds(), idle.maxSeconds()));
    }
    if (contract.idleTimeoutSeconds() < beats) {
      throw new IllegalArgumentException(
          "%s: idleTimeoutSeconds %d: less than three heartbeats of %d s"
              .formatted(id, contract.idleTimeoutSeconds(), contract.heartbeatSeconds()));
    }
    capability
        .totalSeconds()
        .filter(total -> total <= contract.longestStreamSeconds())
        .ifPresent(
            total -> {
              throw new IllegalArgumentException(
                  "%s: rotateAfterSeconds %d: with its jitter above the tier's total limit of %d s"
                      .formatted(id, contract.rotateAfterSeconds(), total));
            });
  }

  /** Placeholders every template may use. */
  private Map<String, String> common(Tier tier) {
    IdleTimeout idle = tier.capability().idle();
    int idleSeconds = idle.seconds(contract.idleTimeoutSeconds());
    Map<String, String> values = new TreeMap<>();
    values.put("notifications", contract.surface("notifications").path());
    values.put("aiEvents", contract.surface("ai-events").path());
    values.put("heartbeatSeconds", String.valueOf(contract.heartbeatSeconds()));
    values.put("connectSeconds", String.valueOf(contract.connectTimeoutSeconds()));
    values.put("drainSeconds", String.valueOf(contract.drainSeconds()));
    values.put("maxEventBytes", String.valueOf(contract.maxEventBytes()));
    values.put("rotateAfterSeconds", String.valueOf(contract.rotateAfterSeconds()));
    values.put("longestStreamSeconds", String.valueOf(contract.longestStreamSeconds()));
    values.put("upstreamHttp", contract.upstreamHttp());
    values.put("idleSeconds", String.valueOf(idleSeconds));
    values.put("idleDefaultSeconds", String.valueOf(idle.defaultSeconds()));
    values.put(
        "idleClamped",
        idleSeconds == contract.idleTimeoutSeconds()
            ? ""
            : " The contract asks for %d s, which is more than this tier can do."
                .formatted(contract.idleTimeoutSeconds()));
    return values;
  }

  private static String template(String path) {
    try (InputStream in = Rules.class.getResourceAsStream("tier/" + path)) {
      if (in == null) {
        throw new IllegalStateException("No template tier/" + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
