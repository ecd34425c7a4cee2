package io.millrace.admission;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Keeps connections below what the process may open, by a default for {@code
 * quarkus.http.limits.max-connections}: without descriptors for itself the replica could no longer
 * reach its brokers, and a connection that can't be accepted waits in the kernel without an answer.
 * An operator's own value wins. Read at start.
 */
public final class Descriptors implements ConfigSource {

  public static final String MAX_CONNECTIONS = "quarkus.http.limits.max-connections";

  /** Below every file of an application and what an operator sets. */
  private static final int ORDINAL = 50;

  /**
   * For libraries, brokers, probes and logs, of which a service holds about a hundred, and for
   * connections that are still being closed while others are accepted.
   */
  private static final int RESERVED = 512;

  /** One connection in so many is left to say to the others that the replica is full. */
  private static final int PARTS = 20;

  /** Most connections, as the limits of the process are now. */
  static int maxConnections() {
    return maxConnections(
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : Integer.MAX_VALUE);
  }

  /** Where files are few, half of them. */
  static int maxConnections(long files) {
    long rest = Math.max(files - RESERVED, files / 2);
    return (int) Math.min(Math.max(rest, 1), Integer.MAX_VALUE);
  }

  /** Most streams over so many connections. */
  static int maxStreams(int maxConnections) {
    return Math.max(maxConnections - Math.max(maxConnections / PARTS, 1), 1);
  }

  @Override
  public Set<String> getPropertyNames() {
    return Set.of(MAX_CONNECTIONS);
  }

  @Override
  public Map<String, String> getProperties() {
    return Map.of(MAX_CONNECTIONS, Integer.toString(maxConnections()));
  }

  @Override
  @SuppressWarnings("NullAway") // The interface's way to say "not mine".
  public String getValue(String name) {
    return name.equals(MAX_CONNECTIONS) ? Integer.toString(maxConnections()) : null;
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }

  @Override
  public String getName() {
    return "file descriptors of this process";
  }
}
