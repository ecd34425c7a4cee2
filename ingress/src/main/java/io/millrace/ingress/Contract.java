package io.millrace.ingress;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * {@code ingress/contract.yaml}: the one source of the numbers. Seconds and bytes, as integers;
 * each tier renders them in its own unit.
 *
 * @param heartbeatSeconds the server breaks its silence so often
 * @param idleTimeoutSeconds longest silence asked of every proxy that lets it be set
 * @param connectTimeoutSeconds to a replica
 * @param rotateAfterSeconds the server ends a stream by itself, give or take a tenth
 * @param drainSeconds a replica that goes away ends its streams within this time
 * @param maxEventBytes largest value of one event
 * @param upstreamHttp version spoken to the replica
 * @param clientAborts whether the replica is told at once that a client left
 */
public record Contract(
    List<Surface> paths,
    int heartbeatSeconds,
    int idleTimeoutSeconds,
    int connectTimeoutSeconds,
    int rotateAfterSeconds,
    int drainSeconds,
    int maxEventBytes,
    String upstreamHttp,
    boolean buffering,
    boolean compression,
    boolean cache,
    boolean retries,
    String clientAborts) {

  /**
   * A path that carries streams, {@code path} itself and {@code path/probe}.
   *
   * @param match how it is compared: {@code exact}
   * @param service the service that answers it
   */
  public record Surface(
      @JsonProperty("path") String path,
      @JsonProperty("match") String match,
      @JsonProperty("service") String service) {}

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  /**
   * @throws IllegalArgumentException names the key that is missing, unknown or not an integer
   */
  public static Contract parse(String yaml) {
    try {
      return YAML.readValue(yaml, Contract.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "contract.yaml: %s%s".formatted(key(e), e.getOriginalMessage()), e);
    }
  }

  /** Where in the file it is: Jackson's own message leaves that out. */
  private static String key(JsonProcessingException failure) {
    if (!(failure instanceof JsonMappingException mapping)) {
      return "";
    }
    return mapping.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .filter(Objects::nonNull)
        .map(name -> name + ": ")
        .collect(Collectors.joining());
  }

  /** The surface a service answers. */
  public Surface surface(String service) {
    return paths.stream()
        .filter(surface -> surface.service().equals(service))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("contract.yaml: paths: no service " + service));
  }

  /** Longest a stream lives: the rotation and its jitter of a tenth, rounded up. */
  public int longestStreamSeconds() {
    return (rotateAfterSeconds * 11 + 9) / 10;
  }
}
