package io.millrace.cli.conformance;

import io.millrace.cli.conformance.deployment.Target;
import java.time.Duration;

/** Where verdicts are told, in a form that a pipeline reads. */
public interface Report {

  void begin(Target target, int checks);

  void tell(Check check, Verdict verdict, Duration took);

  void end();
}
