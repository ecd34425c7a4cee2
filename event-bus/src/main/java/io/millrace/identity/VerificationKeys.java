package io.millrace.identity;

import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.KeyLocationResolver;
import java.io.IOException;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The keys that tokens are verified with, loaded as SmallRye JWT loads them: same place, same
 * proxy, same certificates. One attempt; any thread that may block.
 */
final class VerificationKeys extends KeyLocationResolver {

  /**
   * @throws UnresolvableKeyException when they can't be had from where they are configured to be
   */
  VerificationKeys(JWTAuthContextInfo configured) throws UnresolvableKeyException {
    super(configured);
  }

  /** An answer that is no key set is taken for an empty one. */
  boolean isEmpty() throws UnresolvableKeyException {
    if (key != null) {
      return false;
    }
    try {
      return httpsJwks != null
          ? httpsJwks.getJsonWebKeys().isEmpty()
          : jsonWebKeys == null || jsonWebKeys.isEmpty();
    } catch (IOException | JoseException unreadable) {
      throw new UnresolvableKeyException(String.valueOf(unreadable.getMessage()), unreadable);
    }
  }
}
