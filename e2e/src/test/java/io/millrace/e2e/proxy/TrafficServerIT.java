package io.millrace.e2e.proxy;

/** The rule in Apache Traffic Server 9. */
class TrafficServerIT extends RuleContract {

  TrafficServerIT() {
    super(new TrafficServer(), Protocol.HTTP_1_1, Protocol.HTTP_2);
  }

  /** What closes its side of an HTTP/1.1 connection may still want to read. */
  @Override
  boolean noticesAtOnceThatAClientLeft(Protocol protocol) {
    return protocol != Protocol.HTTP_1_1;
  }
}
