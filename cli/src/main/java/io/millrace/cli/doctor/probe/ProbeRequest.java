package io.millrace.cli.doctor.probe;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is asked of the probe.
 *
 * @param name the client's own name of this request, sent as {@code request}; requests that are to
 *     be taken for the same one share it
 * @param parameters the phase's own
 * @param headers beside {@code Accept} and {@code Authorization}
 */
public record ProbeRequest(
    Phase phase, String name, Map<String, String> parameters, Map<String, String> headers) {

  /** Connecting, a busy machine, a far-away one. */
  private static final Duration SLACK = Duration.ofSeconds(8);

  public ProbeRequest {
    parameters = Map.copyOf(parameters);
    headers = Map.copyOf(headers);
  }

  public static ProbeRequest of(Phase phase, String name) {
    return new ProbeRequest(phase, name, Map.of(), Map.of());
  }

  public ProbeRequest seconds(int seconds) {
    return with("seconds", seconds);
  }

  public ProbeRequest bytes(int bytes) {
    return with("bytes", bytes);
  }

  /** How long the probe takes for it, and what a busy machine may add. */
  public Duration longest() {
    int seconds = seconds();
    return (seconds == 0 ? phase.longest() : Duration.ofSeconds(seconds)).plus(SLACK);
  }

  /** How long it was asked to last; 0 for as long as the phase lasts. */
  public int seconds() {
    return Integer.parseInt(parameters.getOrDefault("seconds", "0"));
  }

  private ProbeRequest with(String parameter, int value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(parameter, String.valueOf(value));
    return new ProbeRequest(phase, name, more, headers);
  }

  public ProbeRequest header(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new ProbeRequest(phase, name, parameters, more);
  }

  public ProbeRequest headers(Map<String, String> values) {
    return new ProbeRequest(phase, name, parameters, values);
  }
}
