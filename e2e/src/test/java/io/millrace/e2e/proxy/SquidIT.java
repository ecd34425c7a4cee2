package io.millrace.e2e.proxy;

/** The rule in Squid 5. */
class SquidIT extends RuleContract {

  SquidIT() {
    super(new Squid(), Protocol.HTTP_1_1);
  }
}
