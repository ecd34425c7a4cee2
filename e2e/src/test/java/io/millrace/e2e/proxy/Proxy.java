package io.millrace.e2e.proxy;

import io.millrace.e2e.Loopback;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A real proxy a test can start: one version of one tier, with the shipped rule, with its defaults,
 * or with one line made wrong.
 */
public interface Proxy {

  /**
   * How to check the files and how to start the program with them, in the foreground.
   *
   * @param check empty when the program has no checker
   */
  record Launch(List<String> check, List<String> run) {}

  /** Folder of its files under {@code ingress/}. */
  String tier();

  /** The program to look for, a version of its own where more than one is tested. */
  String program();

  /** The files under {@code ingress/}, in a site hostile to streams where a tier can have one. */
  default ProxyRule shipped() {
    return ProxyRule.shipped(tier());
  }

  /** As the program comes: forwards both surfaces and says nothing else. */
  ProxyRule defaults();

  /** Whether it answers by its rule, where that may be later than it accepts connections. */
  default boolean isReady(Wiring wiring) {
    return Loopback.accepts(wiring.port());
  }

  /** The signal on which it reads its files again and keeps its streams, where it has one. */
  default Optional<String> reload() {
    return Optional.empty();
  }

  /** Writes the rule, with the addresses of the test, and what the program needs around it. */
  Launch launch(ProxyRule rule, Wiring wiring) throws IOException;
}
