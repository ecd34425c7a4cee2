package io.millrace.bench.run;

import io.millrace.bench.contender.Launch;
import io.millrace.bench.measure.Cores;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** On which cores a scenario's server runs, and with how many event loops. */
public final class Placement {

  @Option(
      names = "--pin",
      negatable = true,
      description =
          "server on one core with one event loop or worker, all else on the rest; otherwise they"
              + " share all cores and the server has two (default: ${DEFAULT-VALUE})")
  boolean pin;

  @Option(
      names = "--client-loops",
      description = "event loops of the load client (default: ${DEFAULT-VALUE})")
  int clientLoops = 1;

  public static Placement pinned() {
    Placement placement = new Placement();
    placement.pin = true;
    return placement;
  }

  public static Placement shared() {
    return new Placement();
  }

  public Cores cores() {
    return pin ? Cores.split(Runtime.getRuntime().availableProcessors()) : Cores.unpinned();
  }

  public int clientLoops() {
    return clientLoops;
  }

  /** Event loops or workers of the server. */
  public int serverLoops() {
    return pin ? 1 : 2;
  }

  public Launch launch(Workbench bench) {
    return bench.launch().withEventLoops(serverLoops());
  }

  /** For the report of a scenario without a peer. */
  public List<String> environment(Workbench bench) {
    List<String> lines = new ArrayList<>(bench.machine());
    lines.add(bench.version());
    lines.add(describe());
    return lines;
  }

  public String describe() {
    return pin
        ? "server on one core with one event loop or worker; client, publisher and broker on the rest"
        : "server with two event loops or workers; client, publisher and broker share all cores"
            + " with it";
  }
}
