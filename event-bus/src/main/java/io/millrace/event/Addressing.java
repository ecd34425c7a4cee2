package io.millrace.event;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * SPI: how a topic's records are addressed. A service turns the key and headers of a record into
 * the routes its event is filed under. Called on the poll thread; must not block.
 */
public interface Addressing {

  /**
   * @throws IllegalArgumentException when the record is malformed; the message names the part and
   *     never repeats its content
   */
  Set<Route> routes(Address address);

  /**
   * The key of a record that is to have these {@code scope} headers and was given no key.
   *
   * @return empty where a record must have a key of its own
   */
  default Optional<String> keyOf(List<String> scopes) {
    return Optional.empty();
  }

  /** Whether records of the topic may be of runs of agents, so that it is looked for. */
  default boolean hasRuns() {
    return false;
  }

  /**
   * What a record says of whom it is for.
   *
   * @param key record key
   * @param scopes values of its {@code scope} headers, in order
   * @param runId its {@code runid} header, else the {@code runId} of a JSON payload
   */
  record Address(String key, List<String> scopes, Optional<String> runId) {}
}
