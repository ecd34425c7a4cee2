package io.millrace.cli.doctor.probe;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Compares header values without anybody having to send them back. */
public final class Fingerprint {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 8;

  private Fingerprint() {}

  /** First eight bytes of the HMAC of this value under the run's name, in hex. */
  public static String of(String run, String value) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(run.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      byte[] digest = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
