package io.millrace.e2e.proxy;

/** The rule in Traefik 3. */
class TraefikIT extends RuleContract {

  TraefikIT() {
    super(new Traefik(), Protocol.HTTP_1_1, Protocol.HTTP_2);
  }
}
