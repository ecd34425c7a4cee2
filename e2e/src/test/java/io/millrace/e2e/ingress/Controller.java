package io.millrace.e2e.ingress;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A real controller, and what it makes of the chart with and without its preset. */
public interface Controller {

  /**
   * How routes are written.
   *
   * @param values of the chart, beside the host
   * @param change of the rendered manifests
   */
  record Written(Map<String, Object> values, UnaryOperator<String> change) {

    /** As the chart renders them. */
    static Written as(Map<String, Object> values) {
      return new Written(values, UnaryOperator.identity());
    }
  }

  /**
   * A way to write routes that breaks streams.
   *
   * @param name what the mistake is
   * @param fault how the doctor calls what it does
   */
  record Mistake(String name, Written written, String fault) {

    @Override
    public String toString() {
      return name;
    }
  }

  /** As it is called in the report. */
  String name();

  /** What must be installed. */
  List<String> programs();

  /** The chart's manifests with its preset, unchanged. */
  Written preset();

  /** What is known to break; empty where nothing in a route or an Ingress can. */
  List<Mistake> mistakes();

  /**
   * Starts it, with what it needs in the cluster.
   *
   * @param folder of its own
   */
  Running start(Kubectl kubectl, Path folder) throws IOException;

  /** Its processes, and the port of loopback it serves HTTP on. */
  record Running(int port, List<Program> programs) implements AutoCloseable {

    @Override
    public void close() {
      programs.forEach(Program::close);
    }

    /** What they said, for a report of a failure. */
    String said() {
      StringBuilder said = new StringBuilder();
      programs.forEach(program -> said.append(program.said()));
      return said.toString();
    }
  }
}
