package io.millrace.cli;

import io.millrace.cli.doctor.Diagnosis;
import io.millrace.cli.doctor.Doctor;
import io.millrace.cli.doctor.JsonReport;
import io.millrace.cli.doctor.TextReport;
import io.millrace.cli.doctor.check.Plan;
import io.millrace.cli.runtime.LogFile;
import io.millrace.cli.token.DevelopmentToken;
import io.millrace.cli.token.SigningKey;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds the tier that breaks a stream. */
@Command(
    name = "doctor",
    description = {
      "Find the proxy that breaks a stream, and the rule that cures it. Asks the probe of a"
          + " surface, through everything that stands before it.",
      "Exit status: 0 no fault, 1 slow, 3 broken, 4 a stream is shared between clients;"
          + " 10 no connection, 11 no probe there, 12 a login page or redirect, 13 the certificate"
          + " is not trusted, 14 the token is refused, 15 not available now."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnExecutionException = 70)
final class DoctorCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "Of a surface, such as https://app.example/api/notifications.")
  String url = "";

  @Option(
      names = "--token",
      paramLabel = "JWT",
      defaultValue = "${env:MILLRACE_TOKEN}",
      description = "See 'millrace token'. Default: the environment variable MILLRACE_TOKEN.")
  Optional<String> token = Optional.empty();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      defaultValue = "${env:MILLRACE_KEY}",
      description =
          "Without a token, sign one with this private key (PEM), such as the chart's trial makes."
              + " Default: the environment variable MILLRACE_KEY.")
  Optional<Path> keyFile = Optional.empty();

  @Option(
      names = "--origin",
      paramLabel = "URL",
      description = "The same surface without the chain; says on which side a fault is.")
  Optional<String> origin = Optional.empty();

  @Option(
      names = "--deep",
      description =
          "Look for limits of time and size too: silences of up to 355 s, 16 MiB. Takes seven"
              + " minutes instead of 20 s.")
  boolean deep;

  @Option(names = "--json", description = "Print the diagnosis as JSON.")
  boolean json;

  @Override
  public Integer call() throws InterruptedException {
    LogFile.none();
    PrintWriter err = spec.commandLine().getErr();
    Doctor doctor;
    try {
      List<Plan> plans = deep ? List.of(Plan.QUICK, Plan.DEEP) : List.of(Plan.QUICK);
      doctor =
          new Doctor(
              URI.create(url),
              origin.map(URI::create),
              token.filter(text -> !text.isBlank()).or(() -> keyFile.map(DoctorCommand::ownToken)),
              plans,
              doing -> say(err, doing));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    say(err, deep ? "takes about seven minutes" : "takes about 20 s");
    Diagnosis diagnosis = doctor.examine();
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? JsonReport.of(diagnosis) : TextReport.of(diagnosis));
    out.flush();
    return diagnosis.exitStatus();
  }

  private static String ownToken(Path keyFile) {
    return new DevelopmentToken(
            "millrace-doctor", Optional.empty(), List.of(), List.of(), Duration.ofHours(1))
        .sign(SigningKey.read(keyFile), Instant.now());
  }

  private static void say(PrintWriter err, String doing) {
    err.println("doctor: " + doing);
    err.flush();
  }
}
