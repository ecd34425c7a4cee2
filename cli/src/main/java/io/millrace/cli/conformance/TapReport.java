package io.millrace.cli.conformance;

import io.millrace.cli.conformance.deployment.Target;
import io.vertx.core.json.Json;
import java.io.PrintWriter;
import java.time.Duration;

/** The Test Anything Protocol, version 13; each line as soon as it is known. */
public final class TapReport implements Report {

  private final PrintWriter out;
  private int number;
  private int failed;
  private int skipped;

  public TapReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(Target target, int checks) {
    line("TAP version 13");
    line("1.." + checks);
    line("# " + target.uri());
  }

  @Override
  public void tell(Check check, Verdict verdict, Duration took) {
    String test = ++number + " - " + check.id() + ": " + check.sentence().replace("#", "\\#");
    if (verdict instanceof Verdict.Failed failure) {
      failed++;
      line("not ok " + test);
      diagnose(check, failure, took);
    } else if (verdict instanceof Verdict.Skipped unknown) {
      skipped++;
      line("ok " + test + " # SKIP " + unknown.reason());
    } else {
      line("ok " + test);
    }
  }

  /** A block of YAML; a JSON string is one of YAML's. */
  private void diagnose(Check check, Verdict.Failed failure, Duration took) {
    line("  ---");
    line("  message: " + Json.encode(failure.message()));
    line("  clause: " + Json.encode("wire contract " + check.clause()));
    line("  duration_ms: " + took.toMillis());
    line("  ...");
  }

  @Override
  public void end() {
    line("# passed " + (number - failed - skipped));
    line("# failed " + failed);
    line("# skipped " + skipped);
  }

  private void line(String text) {
    out.print(text + "\n");
    out.flush();
  }
}
