package io.millrace.bench.contender;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the service is run.
 *
 * @param service which one
 * @param java the JVM's home
 * @param jvmOptions of the service
 * @param serviceJar the service's quarkus-run.jar
 * @param config settings that differ from the defaults, by key
 */
public record Launch(
    Service service,
    Path java,
    List<String> jvmOptions,
    Path serviceJar,
    Map<String, String> config) {

  private static final String EVENT_LOOPS = "quarkus.vertx.event-loops-pool-size";

  public Launch {
    jvmOptions = List.copyOf(jvmOptions);
    config = Map.copyOf(config);
  }

  public Launch with(String key, String value) {
    Map<String, String> more = new TreeMap<>(config);
    more.put(key, value);
    return new Launch(service, java, jvmOptions, serviceJar, more);
  }

  /** Unless it was chosen already. */
  public Launch withDefault(String key, String value) {
    return config.containsKey(key) ? this : with(key, value);
  }

  public Launch withEventLoops(int loops) {
    return withDefault(EVENT_LOOPS, Integer.toString(loops));
  }
}
