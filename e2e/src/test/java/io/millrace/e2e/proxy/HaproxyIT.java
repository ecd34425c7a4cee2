package io.millrace.e2e.proxy;

/** Debian's 2.6. */
class HaproxyIT extends HaproxyContract {

  HaproxyIT() {
    super(Haproxy.debian());
  }

  @Override
  boolean noticesAtOnceThatAClientLeft(Protocol protocol) {
    return protocol == Protocol.HTTP_2;
  }
}
