package io.millrace.identity;

import io.millrace.telemetry.EventBusLog;
import io.millrace.telemetry.LogPace;
import io.millrace.telemetry.Meters;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Whether the keys that tokens are signed with are to be had. Until they were had once, a replica
 * is not ready and nobody's token is looked at: a valid one could not be told from a bad one. Later
 * the keys are known, and it is only said, and measured, that their place does not answer. A thread
 * of its own asks; any thread may look at the answer.
 */
@Singleton
public final class SigningKeys implements AutoCloseable {

  /** Between two attempts: an issuer that comes back is found about as fast as a broker. */
  private static final Duration BACK_OFF = Duration.ofSeconds(5);

  /** Between two looks at a key set when all is well: soon enough to be told of first. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

  private static final String LOCATION = "mp.jwt.verify.publickey.location";

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final JWTAuthContextInfo configured;
  private final JWTParser parser;
  private final String place;
  private final LogPace pace;
  private final Thread thread = new Thread(this::run, "signing-keys");
  private final CountDownLatch closing = new CountDownLatch(1);

  private volatile boolean known;
  private volatile String complaint = "no answer yet";

  SigningKeys(
      JWTAuthContextInfo configured,
      JWTParser parser,
      @ConfigProperty(name = LOCATION) Optional<String> location,
      Meters meters,
      InstantSource clock) {
    this.configured = configured;
    this.parser = parser;
    this.place = location.orElse(LOCATION);
    this.pace = new LogPace(clock);
    thread.setDaemon(true);
    meters.gauge(
        "millrace.keys.available",
        "1 when the keys of the issuer could be had when last asked for, else 0",
        () -> complaint.isEmpty() ? 1 : 0);
  }

  /** Begins to ask, in its own thread. */
  public void start() {
    thread.start();
  }

  private void run() {
    boolean goesOn = true;
    while (goesOn && !isClosing()) {
      look();
      boolean well = complaint.isEmpty();
      goesOn = !well || place.startsWith("http");
      pause(well ? LOOK_EVERY : BACK_OFF);
    }
  }

  private void look() {
    try {
      if (!isConfigured()) {
        failed("it is not set");
      } else if (new VerificationKeys(configured).isEmpty()) {
        failed("no key is there");
      } else {
        prime();
        found();
      }
    } catch (UnresolvableKeyException | RuntimeException unreachable) {
      failed(rootMessage(unreachable));
    }
  }

  private boolean isConfigured() {
    return configured.getPublicKeyLocation() != null
        || configured.getPublicKeyContent() != null
        || configured.getSecretKeyContent() != null;
  }

  /** SmallRye JWT loads keys with the first token, good or bad: let that not be a client's. */
  private void prime() throws UnresolvableKeyException {
    if (known) {
      return;
    }
    try {
      parser.parse("none");
    } catch (ParseException none) {
      Optional<UnresolvableKeyException> gone =
          TokenFault.cause(none, UnresolvableKeyException.class);
      if (gone.isPresent()) {
        throw gone.get();
      }
    }
  }

  private void found() {
    boolean news = known && !complaint.isEmpty();
    complaint = "";
    known = true;
    pace.forget();
    if (news) {
      EventBusLog.LOG.keysBack(place);
    }
  }

  private void failed(String why) {
    complaint = why;
    if (!pace.isDue(why)) {
      return;
    }
    if (known) {
      EventBusLog.LOG.keysSilent(place, why);
    } else {
      EventBusLog.LOG.keysUnavailable(place, why, BACK_OFF);
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  /** Whether tokens can be verified: the keys were had at least once. */
  public boolean areKnown() {
    return known;
  }

  /** Whether they could be had when last asked for. A new key is not known while they can't. */
  public boolean areAvailable() {
    return complaint.isEmpty();
  }

  /** What keeps a replica from being ready; empty when nothing does. */
  public String reason() {
    return known ? "" : "no keys from " + place + ": " + complaint;
  }

  private void pause(Duration time) {
    try {
      closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      closing.countDown();
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
