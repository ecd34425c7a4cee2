package io.millrace.e2e.proxy;

import java.util.List;

/** The rule in Envoy. */
class EnvoyIT extends RuleContract {

  EnvoyIT() {
    super(new Envoy(), Protocol.HTTP_1_1, Protocol.HTTP_2);
  }

  /** For a client on loopback it tells an address of the machine instead. */
  @Override
  List<String> forwarded(Protocol protocol) {
    return List.of("\r\nx-forwarded-for: ", "\r\nx-forwarded-proto: " + protocol.scheme() + "\r\n");
  }
}
