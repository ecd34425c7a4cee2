package io.millrace.cli;

import io.millrace.cli.agent.Agent;
import io.millrace.cli.agent.ScriptedRun;
import io.millrace.cli.publish.RecordPublisher;
import io.millrace.cli.runtime.LogFile;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Publishes a run of an agent that follows a script. */
@Command(
    name = "agent",
    description = {
      "Publish a run of an AI agent, as AG-UI events, without a model: reasoning, text, tool calls.",
      "The last event has the length and the CRC-32 of the text, so that a reader can prove that"
          + " nothing is missing. Interrupted, it leaves a run without an end."
    },
    mixinStandardHelpOptions = true)
final class AgentCommand implements Runnable {

  private static final int MOST_TOKENS = 1_000_000;
  private static final int MOST_TOOLS = 1_000;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--conversation",
      paramLabel = "ID",
      defaultValue = "c1",
      description = "The conversation the run belongs to. Default: ${DEFAULT-VALUE}.")
  String conversation = "";

  @Option(names = "--run", paramLabel = "ID", description = "The run's id. Default: a new one.")
  Optional<String> run = Optional.empty();

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "500",
      description = "Pieces of text. Default: ${DEFAULT-VALUE}.")
  int tokens;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "50",
      description =
          "Tokens a second; 0 for as fast as the broker takes them. Default: ${DEFAULT-VALUE}.")
  double rate;

  @Option(
      names = "--tools",
      paramLabel = "N",
      defaultValue = "3",
      description = "Tool calls, spread over the text. Default: ${DEFAULT-VALUE}.")
  int tools;

  @Option(
      names = "--fail-at",
      paramLabel = "N",
      description = "End with RUN_ERROR after so many tokens.")
  Optional<Integer> failAt = Optional.empty();

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description =
          "Who may see it besides those with a grant for the conversation. May be repeated.")
  List<String> scopes = List.of();

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:9092",
      description = "The broker. Default: ${DEFAULT-VALUE}.")
  String bootstrap = "";

  @Override
  public void run() {
    requireInRange("--tokens", tokens, MOST_TOKENS);
    requireInRange("--tools", tools, MOST_TOOLS);
    requireInRange("--rate", rate, MOST_TOKENS);
    failAt.ifPresent(n -> requireInRange("--fail-at", n, tokens - 1));
    LogFile.none();
    ScriptedRun.Options options =
        new ScriptedRun.Options(
            conversation,
            run.orElseGet(() -> UUID.randomUUID().toString().substring(0, 8)),
            tokens,
            tools,
            failAt.map(OptionalInt::of).orElseGet(OptionalInt::empty));
    ScriptedRun script = ScriptedRun.of(options);
    PrintWriter out = spec.commandLine().getOut();
    try (RecordPublisher publisher = RecordPublisher.connect(bootstrap)) {
      out.printf("run %s in conversation %s%n", options.runId(), conversation);
      out.flush();
      new Agent(publisher, scopes).publish(script, rate);
    }
    out.printf(
        "%s: %d events, %d characters, crc32 %s%n",
        failAt.isPresent() ? "failed" : "finished",
        script.events().size(),
        script.text().length(),
        script.checksum());
    out.flush();
  }

  private void requireInRange(String option, double value, int most) {
    if (value < 0 || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(Locale.ROOT, "%s is %s: it must be 0 to %d", option, value, most));
    }
  }
}
