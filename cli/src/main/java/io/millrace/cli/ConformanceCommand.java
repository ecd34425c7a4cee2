package io.millrace.cli;

import io.millrace.cli.conformance.Check;
import io.millrace.cli.conformance.JunitReport;
import io.millrace.cli.conformance.Report;
import io.millrace.cli.conformance.Suite;
import io.millrace.cli.conformance.TapReport;
import io.millrace.cli.conformance.check.AllChecks;
import io.millrace.cli.conformance.deployment.HttpPublisher;
import io.millrace.cli.conformance.deployment.Identity;
import io.millrace.cli.conformance.deployment.KafkaPublisher;
import io.millrace.cli.conformance.deployment.Publisher;
import io.millrace.cli.conformance.deployment.Surface;
import io.millrace.cli.conformance.deployment.Target;
import io.millrace.cli.runtime.Failure;
import io.millrace.cli.runtime.LogFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds a deployment against the wire contract. */
@Command(
    name = "conformance",
    description = {
      "Hold a deployment against the wire contract, from outside and through its proxies.",
      "Exit status: 0 nothing failed, 1 something did. Takes about a minute, half of it to wait"
          + " for a heartbeat. Use a token of a test user: its value is also sent in the query,"
          + " where it must not be read, and proxies log that."
    },
    mixinStandardHelpOptions = true)
final class ConformanceCommand implements Callable<Integer> {

  /** How verdicts are told. */
  enum Format {
    TAP,
    JUNIT
  }

  /** The ways for events to come; without one, checks that need events are skipped. */
  static final class Publishing {
    @Option(
        names = "--kafka",
        paramLabel = "HOST:PORT",
        description = "Publish events to this broker.")
    Optional<String> kafka = Optional.empty();

    @Option(
        names = "--publish-token",
        paramLabel = "JWT",
        description = "Publish events by POST to the URL, with this token of a publisher.")
    Optional<String> token = Optional.empty();
  }

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "Of one surface, such as https://app.example/api/notifications.")
  String url = "";

  @Option(
      names = "--token",
      paramLabel = "JWT",
      defaultValue = "${env:MILLRACE_TOKEN}",
      description = "Of a test user. Default: the environment variable MILLRACE_TOKEN.")
  Optional<String> token = Optional.empty();

  @Option(
      names = "--surface",
      paramLabel = "NAME",
      description = "notifications or ai, where the path of the URL does not say it.")
  Optional<String> surface = Optional.empty();

  @Option(
      names = "--conversation",
      paramLabel = "ID",
      description = "A conversation the token grants (ai). Default: the first it names.")
  Optional<String> conversation = Optional.empty();

  @ArgGroup Publishing publishing = new Publishing();

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "The topic behind the URL. Default: notifications or ai-events.")
  Optional<String> topic = Optional.empty();

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description = "An origin that may read, such as https://app.example.")
  Optional<String> origin = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "Longest wait for an answer or an event. Default: ${DEFAULT-VALUE}.")
  Duration timeout = Duration.ZERO;

  @Option(
      names = "--check",
      paramLabel = "ID",
      description = "Run this check alone. May be repeated.")
  Set<String> only = new TreeSet<>();

  @Option(names = "--require-all", description = "A check that had to be skipped has failed.")
  boolean requireAll;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "tap",
      description = "tap or junit. Default: ${DEFAULT-VALUE}.")
  Format format = Format.TAP;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write the report to this file instead.")
  Optional<Path> output = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    LogFile.none();
    Target target;
    List<Check> checks;
    try {
      target = target();
      checks = checks(target.surface());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    HttpClient http = http(target);
    Optional<Publisher> publisher = publisher(http, target);
    PrintWriter out = out();
    Report report = format == Format.TAP ? new TapReport(out) : new JunitReport(out);
    try {
      boolean passed = new Suite(http, target, publisher, requireAll).run(checks, report);
      return passed ? 0 : 1;
    } finally {
      publisher.ifPresent(Publisher::close);
      out.flush();
      if (output.isPresent()) {
        out.close();
      }
    }
  }

  private Target target() {
    URI uri = URI.create(url);
    Surface named =
        surface
            .map(
                name ->
                    Surface.named(name)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "unknown surface '" + name + "': notifications or ai")))
            .or(() -> Surface.at(String.valueOf(uri.getPath())))
            .orElseThrow(
                () -> new IllegalArgumentException("name the surface of this URL with --surface"));
    String jwt =
        token
            .filter(text -> !text.isBlank())
            .orElseThrow(() -> new IllegalArgumentException("--token is missing"));
    String key = Identity.in(jwt).key(named, conversation);
    return new Target(uri, named, jwt, key, origin, timeout);
  }

  private List<Check> checks(Surface asked) {
    List<Check> all = AllChecks.of(asked);
    Set<String> known = all.stream().map(Check::id).collect(Collectors.toSet());
    only.stream()
        .filter(id -> !known.contains(id))
        .findFirst()
        .ifPresent(
            id -> {
              throw new IllegalArgumentException("there is no check '" + id + "' of this surface");
            });
    return all.stream().filter(check -> only.isEmpty() || only.contains(check.id())).toList();
  }

  private HttpClient http(Target target) {
    // As a browser: HTTP/2 where TLS offers it, and no upgrade without TLS.
    boolean tls = "https".equals(target.uri().getScheme());
    return HttpClient.newBuilder()
        .version(tls ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(timeout)
        .build();
  }

  private Optional<Publisher> publisher(HttpClient http, Target target) {
    Optional<Publisher> kafka =
        publishing.kafka.map(
            brokers -> new KafkaPublisher(brokers, topic.orElse(target.surface().topic())));
    return kafka.or(() -> publishing.token.map(jwt -> new HttpPublisher(http, target, jwt)));
  }

  private PrintWriter out() {
    if (output.isEmpty()) {
      return spec.commandLine().getOut();
    }
    try {
      return new PrintWriter(Files.newBufferedWriter(output.get(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new Failure("cannot write " + output.get() + ": " + e, e);
    }
  }
}
