package io.millrace.e2e.proxy;

import java.io.IOException;

/** An nginx whose http{} says nothing, as it comes from its makers. */
public record PlainNginx(Nginx nginx) implements Proxy {

  @Override
  public String tier() {
    return nginx.tier();
  }

  @Override
  public String program() {
    return nginx.program();
  }

  @Override
  public ProxyRule defaults() {
    return nginx.defaults();
  }

  @Override
  public Launch launch(ProxyRule rule, Wiring wiring) throws IOException {
    return nginx.launch(rule, wiring, "plain.conf");
  }
}
