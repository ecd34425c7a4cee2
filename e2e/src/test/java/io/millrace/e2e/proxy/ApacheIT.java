package io.millrace.e2e.proxy;

/** The rule in Apache httpd. */
class ApacheIT extends RuleContract {

  ApacheIT() {
    super(new Apache(), Protocol.HTTP_1_1, Protocol.HTTP_2);
  }

  @Override
  boolean noticesAtOnceThatAClientLeft(Protocol protocol) {
    return false;
  }
}
