package io.millrace.cli.conformance;

import io.millrace.cli.conformance.deployment.HttpPublisher;
import io.millrace.cli.conformance.deployment.Publisher;
import io.millrace.cli.conformance.deployment.Target;
import io.millrace.cli.conformance.wire.Inapplicable;
import io.millrace.cli.conformance.wire.Printable;
import io.millrace.cli.conformance.wire.Violation;
import io.millrace.cli.runtime.Failure;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs checks one after the other against one target and reports each as it is known. */
public final class Suite {

  private final HttpClient http;
  private final Target target;
  private final Optional<Publisher> publisher;
  private final boolean requireAll;

  /**
   * @param requireAll whether a check that was skipped has failed
   */
  public Suite(HttpClient http, Target target, Optional<Publisher> publisher, boolean requireAll) {
    this.http = http;
    this.target = target;
    this.publisher = publisher;
    this.requireAll = requireAll;
  }

  /**
   * @return whether no check has failed
   */
  public boolean run(List<Check> checks, Report report) throws InterruptedException {
    boolean passed = true;
    report.begin(target, checks.size());
    for (Check check : checks) {
      long start = System.nanoTime();
      Verdict verdict = strict(judge(check));
      passed &= !(verdict instanceof Verdict.Failed);
      report.tell(check, verdict, Duration.ofNanos(System.nanoTime() - start));
    }
    report.end();
    return passed;
  }

  private Verdict strict(Verdict verdict) {
    return requireAll && verdict instanceof Verdict.Skipped skipped
        ? new Verdict.Failed("skipped: " + skipped.reason())
        : verdict;
  }

  private Verdict judge(Check check) throws InterruptedException {
    if (lacks(check.need())) {
      return new Verdict.Skipped(check.need().lack());
    }
    try (Trial trial = new Trial(http, target, publisher)) {
      check.body().run(trial);
      return new Verdict.Passed();
    } catch (Violation violation) {
      return new Verdict.Failed(String.valueOf(violation.getMessage()));
    } catch (Inapplicable unseen) {
      return new Verdict.Skipped(String.valueOf(unseen.getMessage()));
    } catch (IOException | Failure broken) {
      return new Verdict.Failed("no exchange: " + Printable.of(broken.toString()));
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a check threw what none should", e);
    }
  }

  private boolean lacks(Check.Need need) {
    return switch (need) {
      case NOTHING -> false;
      case PUBLISHING -> publisher.isEmpty();
      case POSTING -> publisher.filter(HttpPublisher.class::isInstance).isEmpty();
      case ORIGIN -> target.origin().isEmpty();
    };
  }
}
