package io.millrace.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.testing.LogCapture;
import io.millrace.testing.ServiceProfile;
import io.millrace.testing.SigningKey;
import io.millrace.testing.StreamTest;
import io.millrace.testing.Surface;
import io.millrace.testing.TestToken;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with the tokens that come is counted, and said once a minute. */
@QuarkusTest
@TestProfile(TokenFaultIT.Profile.class)
class TokenFaultIT extends StreamTest {

  private static final String REFUSED = "millrace_tokens_refused_total";

  /** A process of its own: what was said in another test is not said again for a minute. */
  public static final class Profile extends ServiceProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = super.getConfigOverrides();
      config.put("millrace.checkpoint-after", "1001");
      return config;
    }
  }

  TokenFaultIT() {
    super(Surface.NOTIFICATIONS);
  }

  private static TestToken token() {
    return TestToken.of("mallory");
  }

  private static long in(int seconds) {
    return Instant.now().plusSeconds(seconds).getEpochSecond();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("expired", token().expiresIn(Duration.ofSeconds(-60)).signed(), 0),
        Arguments.of("not-yet-valid", token().claim("nbf", in(600)).signed(), 1),
        Arguments.of("signature", token().signedBy(new SigningKey()), 1),
        Arguments.of("issuer", token().claim("iss", "https://other.test").signed(), 1),
        Arguments.of("audience", token().claim("aud", "other").signed(), 1),
        Arguments.of("malformed", "none", 0));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void countsARefusedTokenAndSaysWhatAnOperatorMayHaveDone(String fault, String token, int said) {
    try (LogCapture log = new LogCapture()) {
      // Given
      double before = management().meter(REFUSED, '"' + fault + '"');

      // When
      for (int i = 0; i < 3; i++) {
        assertEquals(401, send(request().bearer(token)).status());
      }

      // Then
      assertEquals(before + 3, management().meter(REFUSED, '"' + fault + '"'));
      assertEquals(said, log.containing("oken").size(), log.containing("oken").toString());
    }
  }

  @Test
  void namesTheSkewOfATokenThatWasIssuedInTheFutureAndAcceptsIt() {
    try (LogCapture log = new LogCapture()) {
      // When
      open(request().bearer(TestToken.of(alice).claim("iat", in(300))));

      // Then
      assertEquals(1, log.containing("was issued").size());
      assertEquals(1, log.containing("s in the future: the clocks").size());
    }
  }
}
