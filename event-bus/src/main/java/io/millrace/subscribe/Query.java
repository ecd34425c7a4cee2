package io.millrace.subscribe;

import io.vertx.core.MultiMap;
import java.util.List;

/** The query of a request, decoded. */
public final class Query {

  private final MultiMap parameters;

  public Query(MultiMap parameters) {
    this.parameters = parameters;
  }

  /** All values of a parameter, in order. */
  public List<String> all(String name) {
    return parameters.getAll(name);
  }

  /** Whether a parameter that can be given once was given more than once. */
  public boolean isRepeated(String name) {
    return all(name).size() > 1;
  }
}
