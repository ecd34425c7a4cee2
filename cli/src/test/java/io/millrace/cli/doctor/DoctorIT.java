package io.millrace.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cli.doctor.check.Plan;
import io.millrace.cli.doctor.finding.Ailment;
import io.millrace.cli.http.TinyOrigin;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The test of the doctor: every ill is called by its name, and by no other. */
class DoctorIT {

  /** As the quick one, with shorter times where the ills of {@link IllTier} have theirs. */
  private static final Plan PLAN = new Plan(8, 3, List.of(2, 2), 4, 2, 1 << 20);

  /** They wait far more than they work. */
  private static final int AT_ONCE = 3;

  private static final ExecutorService DOCTORS = Executors.newFixedThreadPool(AT_ONCE);
  private static final Map<Ill, Future<Diagnosis>> DIAGNOSES = new EnumMap<>(Ill.class);

  @BeforeAll
  static void examineAll() {
    for (Ill ill : Ill.values()) {
      DIAGNOSES.put(ill, DOCTORS.submit(() -> diagnosed(ill)));
    }
  }

  @AfterAll
  static void end() {
    DOCTORS.shutdownNow();
  }

  private static Diagnosis diagnosed(Ill ill) throws Exception {
    try (ScriptedProbe chain = new ScriptedProbe(ill)) {
      return doctor(chain.uri(), Optional.empty(), ScriptedProbe.TOKEN).examine();
    }
  }

  private static Doctor doctor(URI uri, Optional<URI> origin, String token) {
    return new Doctor(uri, origin, Optional.of(token), List.of(PLAN), doing -> {});
  }

  @ParameterizedTest
  @EnumSource(Ill.class)
  void callsAnIllByItsNameAndByNoOther(Ill ill) throws Exception {
    // When
    Diagnosis diagnosis = DIAGNOSES.get(ill).get();

    // Then
    assertEquals(ill.names(), diagnosis.faults(), () -> TextReport.of(diagnosis));
    assertEquals(
        ill == Ill.NOTHING ? 0 : diagnosis.severity().exitStatus(), diagnosis.exitStatus());
  }

  @Test
  void findsAllThatCanBeWrongAndNotesTheRest() throws Exception {
    // Given
    Set<Ailment> expected = EnumSet.allOf(Ailment.class);

    // When
    Set<Ailment> found = EnumSet.noneOf(Ailment.class);
    for (Future<Diagnosis> each : new ArrayList<>(DIAGNOSES.values())) {
      each.get().findings().forEach(one -> found.add(one.finding().ailment()));
    }

    // Then
    assertEquals(expected, found);
  }

  @Test
  void saysOnWhichSideOfTheOriginAFaultIs() throws Exception {
    try (ScriptedProbe chain = new ScriptedProbe(Ill.DROPS_THE_CURSOR);
        ScriptedProbe origin = new ScriptedProbe(Ill.NOTHING)) {
      // When
      Diagnosis diagnosis =
          doctor(chain.uri(), Optional.of(origin.uri()), ScriptedProbe.TOKEN).examine();

      // Then
      assertEquals(
          "not at the origin: it is between here and there", diagnosis.findings().get(0).where());
    }
  }

  @Test
  void tellsATokenThatIsLostOnTheWayFromOneThatIsBad() throws Exception {
    try (TinyOrigin chain = TinyOrigin.start(DoctorIT::refuse);
        ScriptedProbe origin = new ScriptedProbe(Ill.NOTHING)) {
      URI uri = URI.create("http://127.0.0.1:" + chain.port() + "/api/notifications");

      // When
      Diagnosis diagnosis = doctor(uri, Optional.of(origin.uri()), ScriptedProbe.TOKEN).examine();

      // Then
      assertEquals(Set.of(Ailment.HEADERS_STRIPPED), diagnosis.faults());
      assertTrue(diagnosis.findings().get(0).finding().evidence().startsWith("authorization"));
    }
  }

  private static void refuse(TinyOrigin.Exchange exchange) {
    try {
      exchange.answer("401 Unauthorized", "application/problem+json", "{\"detail\":\"no token\"}");
    } catch (IOException gone) {
      // The doctor has left.
    }
  }
}
