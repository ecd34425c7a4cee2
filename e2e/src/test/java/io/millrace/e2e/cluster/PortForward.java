package io.millrace.e2e.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code kubectl port-forward} to a Service, on a free port. */
final class PortForward implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+) .*");

  private final Process process;
  private final int port;

  private PortForward(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static PortForward to(TestNamespace namespace, String service, int servicePort)
      throws IOException {
    Process process =
        namespace
            .cluster()
            .terminal()
            .kubectlInBackground(
                "-n", namespace.name(), "port-forward", "service/" + service, ":" + servicePort);
    BufferedReader reader = process.inputReader();
    String line = reader.readLine();
    Matcher ready = READY.matcher(String.valueOf(line));
    if (!ready.matches()) {
      process.destroy();
      throw new AssertionError("kubectl port-forward: " + line);
    }
    return new PortForward(process, Integer.parseInt(ready.group(1)));
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
