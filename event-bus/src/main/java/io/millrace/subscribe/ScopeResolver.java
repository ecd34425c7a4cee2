package io.millrace.subscribe;

import io.millrace.sse.NativeProfile;
import io.millrace.sse.Profile;

/**
 * SPI: what a caller may hear of a surface. A service answers from the caller's claims and the
 * query alone; nothing named beyond the claims is granted. Called on an event loop; must not block.
 */
public interface ScopeResolver {

  /**
   * @throws IllegalArgumentException when a claim of the caller can't be a scope
   */
  Resolution resolve(Caller caller, Query query);

  /**
   * How a client is answered that sent this query, whatever the answer; as the native one where the
   * query doesn't say.
   */
  default Profile profile(Query query) {
    return NativeProfile.INSTANCE;
  }
}
