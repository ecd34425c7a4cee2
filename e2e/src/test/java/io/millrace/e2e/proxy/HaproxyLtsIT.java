package io.millrace.e2e.proxy;

/** 2.8, with long support. */
class HaproxyLtsIT extends HaproxyContract {

  HaproxyLtsIT() {
    super(Haproxy.lts());
  }
}
