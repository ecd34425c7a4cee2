package io.millrace.cli;

import io.millrace.cli.listen.EventSource;
import io.millrace.cli.listen.StreamAddress;
import io.millrace.cli.listen.StreamPrinter;
import io.millrace.cli.runtime.LogFile;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Listens to a surface and prints what comes. */
@Command(
    name = "listen",
    description = {
      "Print the frames of a stream as they come, and reconnect by the rules of SSE.",
      "Columns: time of arrival, latency, event, id, data. Latency is known for heartbeats (they"
          + " carry the server's time) and for events whose JSON has 'sentAt' or 'timestamp'"
          + " (milliseconds since 1970) or 'time' (RFC 3339); it compares two clocks. Else '-'."
    },
    mixinStandardHelpOptions = true)
final class ListenCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "SURFACE", description = "notifications or ai.")
  String surface = "";

  @Option(
      names = "--token",
      paramLabel = "JWT",
      defaultValue = "${env:MILLRACE_TOKEN}",
      description = "See 'millrace token'. Default: the environment variable MILLRACE_TOKEN.")
  Optional<String> token = Optional.empty();

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://localhost:8080",
      description = "The gateway, or what stands before it. Default: ${DEFAULT-VALUE}.")
  String url = "";

  @Option(
      names = "--last-event-id",
      paramLabel = "ID",
      defaultValue = "",
      description = "Go on after this event.")
  String lastEventId = "";

  @Option(
      names = "--conversation",
      paramLabel = "ID",
      description = "The conversation to read (ai only).")
  Optional<String> conversation = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    LogFile.none();
    StreamAddress address;
    try {
      address = StreamAddress.of(url, surface, conversation);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    CommandLine command = spec.commandLine();
    StreamPrinter printer = new StreamPrinter(command.getOut(), command.getErr());
    new EventSource(address.uri(), token.filter(jwt -> !jwt.isBlank()), lastEventId, printer).run();
    command.getErr().println("The server says that nothing will follow (204).");
    return 0;
  }
}
