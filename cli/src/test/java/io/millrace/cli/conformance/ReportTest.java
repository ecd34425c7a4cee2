package io.millrace.cli.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.cli.conformance.Check.Need;
import io.millrace.cli.conformance.deployment.Surface;
import io.millrace.cli.conformance.deployment.Target;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Target TARGET =
      new Target(
          URI.create("https://app.example/api/notifications"),
          Surface.NOTIFICATIONS,
          "token",
          "user:alice",
          Optional.empty(),
          Duration.ofSeconds(10));

  private final StringWriter written = new StringWriter();

  private static Check check(String name, String sentence) {
    return new Check("group." + name, "§2", sentence, Need.NOTHING, trial -> {});
  }

  private static void report(Report report) {
    report.begin(TARGET, 3);
    report.tell(check("one", "Sun & <moon>"), new Verdict.Passed(), Duration.ofMillis(12));
    report.tell(
        check("two", "Number #2"),
        new Verdict.Failed("the frame \"a\\nb\" <came>"),
        Duration.ofMillis(1_234));
    report.tell(
        check("three", "Three"), new Verdict.Skipped("no way to publish"), Duration.ofMillis(0));
    report.end();
  }

  @Test
  void writesTap() {
    // When
    report(new TapReport(new PrintWriter(written)));

    // Then
    assertEquals(
        """
        TAP version 13
        1..3
        # https://app.example/api/notifications
        ok 1 - group.one: Sun & <moon>
        not ok 2 - group.two: Number \\#2
          ---
          message: "the frame \\"a\\\\nb\\" <came>"
          clause: "wire contract §2"
          duration_ms: 1234
          ...
        ok 3 - group.three: Three # SKIP no way to publish
        # passed 1
        # failed 1
        # skipped 1
        """,
        written.toString());
  }

  @Test
  void writesJunitXml() {
    // When
    report(new JunitReport(written));

    // Then
    assertEquals(
        """
        <?xml version="1.0" encoding="UTF-8"?>\
        <testsuite name="millrace conformance https://app.example/api/notifications" tests="3"\
         failures="1" errors="0" skipped="1" time="1.246">\
        <testcase classname="conformance.group" name="group.one: Sun &amp; &lt;moon&gt;"\
         time="0.012"></testcase>\
        <testcase classname="conformance.group" name="group.two: Number #2" time="1.234">\
        <failure type="wire contract §2" message="the frame &quot;a\\nb&quot; &lt;came&gt;"/>\
        </testcase>\
        <testcase classname="conformance.group" name="group.three: Three" time="0.000">\
        <skipped message="no way to publish"/></testcase></testsuite>""",
        written.toString().replace("?>\n", "?>").replace(" />", "/>"));
  }
}
