package io.millrace.cli;

import io.millrace.cli.runtime.Failure;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * The {@code millrace} command. Exit status: 0 done, 1 failed, 2 wrong use; {@code doctor} has
 * more.
 */
@Command(
    name = "millrace",
    description = "Kafka topics to browsers over Server-Sent Events, on this machine.",
    mixinStandardHelpOptions = true,
    versionProvider = Millrace.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      KafkaCommand.class,
      TokenCommand.class,
      PublishCommand.class,
      ListenCommand.class,
      AgentCommand.class,
      ConformanceCommand.class,
      DoctorCommand.class,
      TopCommand.class
    })
public final class Millrace {

  private Millrace() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Millrace())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(java.time.Duration.class, new DurationConverter())
        .setExecutionExceptionHandler((failure, command, parsed) -> tell(failure, command));
  }

  /** A failure is one line; anything else is a bug of ours and is shown whole. */
  private static int tell(Exception failure, CommandLine command) throws Exception {
    if (!(failure instanceof Failure)) {
      throw failure;
    }
    PrintWriter err = command.getErr();
    err.println("millrace: " + failure.getMessage());
    err.flush();
    return 1;
  }

  /** The version of the jar this class came from. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Millrace.class.getPackage().getImplementationVersion();
      return new String[] {"millrace " + (version == null ? "(not packaged)" : version)};
    }
  }
}
