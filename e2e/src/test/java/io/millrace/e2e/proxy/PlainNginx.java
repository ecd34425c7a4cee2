package io.millrace.e2e.proxy;

import java.io.IOException;
import java.util.Optional;

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
  public Optional<String> reload() {
    return nginx.reload();
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
