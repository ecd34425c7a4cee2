package io.millrace;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** Holds the package table of docs/adr/0002: which way knowledge flows. */
@AnalyzeClasses(packages = "io.millrace", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule eventUsesTheJdkAlone = uses("event");

  @ArchTest static final ArchRule control = uses("control", "event");

  @ArchTest static final ArchRule sse = uses("sse", "event");

  @ArchTest static final ArchRule tail = uses("tail", "event", "sse");

  @ArchTest static final ArchRule run = uses("run", "event");

  @ArchTest static final ArchRule connection = uses("connection", "event", "sse");

  @ArchTest
  static final ArchRule fanout = uses("fanout", "event", "sse", "tail", "connection", "control");

  @ArchTest
  static final ArchRule kafka = uses("kafka", "event", "sse", "tail", "fanout", "control", "run");

  @ArchTest
  static final ArchRule subscribe =
      uses(
          "subscribe",
          "event",
          "sse",
          "tail",
          "fanout",
          "connection",
          "admission",
          "control",
          "run",
          "identity");

  @ArchTest static final ArchRule identityUsesNobody = uses("identity");

  @ArchTest static final ArchRule admissionUsesNobody = uses("admission");

  @ArchTest
  static final ArchRule publish =
      uses("publish", "event", "tail", "kafka", "subscribe", "identity");

  @ArchTest
  static final ArchRule probe = uses("probe", "sse", "connection", "admission", "subscribe");

  @ArchTest
  static final ArchRule lifecycle =
      uses("lifecycle", "fanout", "connection", "kafka", "tail", "identity");

  @ArchTest static final ArchRule telemetryUsesNobody = uses("telemetry", false);

  @ArchTest static final ArchRule configUsesNobody = uses("config", false);

  @ArchTest
  static final ArchRule onlyOnePackageKnowsKafka =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.millrace.kafka..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.millrace.(*)..").should().beFreeOfCycles();

  private static ArchRule uses(String name, String... others) {
    return uses(name, true, others);
  }

  private static ArchRule uses(String name, boolean shared, String... others) {
    String[] allowed =
        Stream.of(
                Arrays.stream(others),
                Stream.of(name),
                shared ? Stream.of("telemetry", "config") : Stream.<String>empty())
            .flatMap(s -> s)
            .map(other -> "io.millrace." + other + "..")
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> ours = JavaClass.Predicates.resideInAPackage("io.millrace..");
    DescribedPredicate<JavaClass> fine = JavaClass.Predicates.resideInAnyPackage(allowed);
    return classes()
        .that()
        .resideInAPackage("io.millrace." + name + "..")
        .should()
        .onlyDependOnClassesThat(DescribedPredicate.not(ours).or(fine));
  }
}
