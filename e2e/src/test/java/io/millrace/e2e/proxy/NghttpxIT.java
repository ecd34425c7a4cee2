package io.millrace.e2e.proxy;

/** The rule in nghttpx. */
class NghttpxIT extends RuleContract {

  NghttpxIT() {
    super(new Nghttpx(), Protocol.HTTP_1_1, Protocol.HTTP_2);
  }
}
