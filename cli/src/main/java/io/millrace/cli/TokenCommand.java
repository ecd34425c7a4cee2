package io.millrace.cli;

import io.millrace.cli.runtime.LogFile;
import io.millrace.cli.runtime.StateDirectory;
import io.millrace.cli.token.DevelopmentKey;
import io.millrace.cli.token.DevelopmentToken;
import io.millrace.cli.token.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints a token that what {@code up} starts accepts, and nothing else. */
@Command(
    name = "token",
    description =
        "Print a JWT signed with the development key; only what 'up' starts trusts it, or a trial whose --key it is.",
    mixinStandardHelpOptions = true)
final class TokenCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--sub",
      required = true,
      paramLabel = "NAME",
      description = "Whom it speaks for: scope user:NAME.")
  String subject = "";

  @Option(names = "--tenant", paramLabel = "ID", description = "The tenant: scope tenant:ID.")
  Optional<String> tenant = Optional.empty();

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description = "A role in the tenant: scope role:TENANT/NAME. May be repeated.")
  List<String> groups = List.of();

  @Option(
      names = "--conversation",
      paramLabel = "ID",
      description = "A conversation it may read. May be repeated.")
  List<String> conversations = List.of();

  @Option(
      names = "--expires-in",
      paramLabel = "TIME",
      defaultValue = DevelopmentToken.DEFAULT_EXPIRY,
      description = "How long it is good for, such as 90s, 15m, 8h; 30d at most. Default: 8h.")
  Duration expiresIn = Duration.ZERO;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      defaultValue = "${env:MILLRACE_KEY}",
      description =
          "Sign with this private key (PEM), such as the chart's trial makes. Default: the"
              + " environment variable MILLRACE_KEY; without it, the development key.")
  Optional<Path> keyFile = Optional.empty();

  @Override
  public void run() {
    LogFile.none();
    DevelopmentToken token;
    try {
      token = new DevelopmentToken(subject, tenant, groups, conversations, expiresIn);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
    SigningKey key =
        keyFile
            .map(SigningKey::read)
            .orElseGet(() -> DevelopmentKey.in(StateDirectory.ofUser()).signing());
    spec.commandLine().getOut().println(token.sign(key, Instant.now()));
    spec.commandLine().getOut().flush();
  }
}
