package io.millrace.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.subscribe.Query;
import io.millrace.subscribe.Rejection;
import io.vertx.core.MultiMap;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeRequestTest {

  private static ProbeRequest parse(String query) {
    MultiMap parameters = MultiMap.caseInsensitiveMultiMap();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      parameters.add(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return ProbeRequest.of(new Query(parameters));
  }

  @Test
  void readsAllOfIt() {
    assertEquals(
        new ProbeRequest(Phase.IDLE, "r-1_A", Optional.of("n"), OptionalInt.of(400)),
        parse("phase=idle&run=r-1_A&request=n&seconds=400"));
  }

  @ParameterizedTest
  @CsvSource({
    "phase=silence&run=r, SILENCE, -1",
    "phase=small&run=r, SMALL, -1",
    "phase=large&run=r, LARGE, -1",
    "phase=idle&run=r&seconds=1, IDLE, 1",
    "phase=total&run=r&seconds=4000, TOTAL, 4000",
    "phase=bytes&run=r&bytes=16777216, BYTES, 16777216",
    "phase=hold&run=r, HOLD, 30",
    "phase=hold&run=r&seconds=60, HOLD, 60",
    "phase=report&run=r, REPORT, -1",
    "phase=small&run=r&_=cachebuster, SMALL, -1"
  })
  void takesWhatThePhaseHas(String query, Phase phase, int amount) {
    ProbeRequest request = parse(query);

    assertEquals(phase, request.phase());
    assertEquals(amount, request.amount().orElse(-1));
  }

  @ParameterizedTest
  @CsvSource({
    "run=r, phase",
    "phase=&run=r, phase",
    "phase=SMALL&run=r, phase",
    "phase=everything&run=r, phase",
    "phase=small&phase=large&run=r, phase",
    "phase=small, run",
    "phase=small&run=, run",
    "phase=small&run=a&run=b, run",
    "phase=small&run=a b, run",
    "phase=small&run=ä, run",
    "phase=small&run=0123456789012345678901234567890123456789012345678901234567890123x, run",
    "phase=small&run=r&request=, request",
    "phase=small&run=r&request=a/b, request",
    "phase=small&run=r&request=a&request=a, request",
    "phase=small&run=r&seconds=1, seconds",
    "phase=report&run=r&seconds=1, seconds",
    "phase=idle&run=r&bytes=1&seconds=1, bytes",
    "phase=idle&run=r, seconds",
    "phase=idle&run=r&seconds=0, seconds",
    "phase=idle&run=r&seconds=401, seconds",
    "phase=idle&run=r&seconds=-1, seconds",
    "phase=idle&run=r&seconds=1.5, seconds",
    "phase=idle&run=r&seconds=1&seconds=1, seconds",
    "phase=idle&run=r&seconds=99999999999999999999, seconds",
    "phase=total&run=r&seconds=4001, seconds",
    "phase=bytes&run=r, bytes",
    "phase=bytes&run=r&bytes=16777217, bytes",
    "phase=hold&run=r&seconds=61, seconds"
  })
  void namesWhatIsWrong(String query, String parameter) {
    RejectedException rejected = assertThrows(RejectedException.class, () -> parse(query));

    Rejection.Refused refused = (Rejection.Refused) rejected.rejection();
    assertEquals(400, refused.problem().status());
    assertEquals(Optional.of(parameter), refused.problem().parameter());
  }
}
