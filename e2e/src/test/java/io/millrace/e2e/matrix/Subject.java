package io.millrace.e2e.matrix;

import static io.millrace.e2e.proxy.Protocol.HTTP_1_1;
import static io.millrace.e2e.proxy.Protocol.HTTP_2;

import io.millrace.e2e.proxy.Nginx;
import io.millrace.e2e.proxy.PlainNginx;
import io.millrace.e2e.proxy.Protocol;
import io.millrace.e2e.proxy.Proxy;
import io.millrace.e2e.proxy.ProxyChain;
import io.millrace.e2e.proxy.ProxyRule;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A proxy as the page has it.
 *
 * @param title with its version
 * @param plain the same with nothing but what its makers ship around it
 * @param protocols it can speak to clients
 */
record Subject(String title, Proxy proxy, Proxy plain, List<Protocol> protocols) {

  static Subject of(String title, Proxy proxy) {
    return new Subject(title, proxy, proxy, List.of(HTTP_1_1, HTTP_2));
  }

  /** Here it can't speak HTTP/2. */
  static Subject withoutHttp2(String title, Proxy proxy) {
    return new Subject(title, proxy, proxy, List.of(HTTP_1_1));
  }

  static Subject nginx(String title, Nginx nginx) {
    return new Subject(title, nginx, new PlainNginx(nginx), List.of(HTTP_1_1, HTTP_2));
  }

  ProxyChain.Link shipped() {
    return ProxyChain.Link.shipped(proxy);
  }

  ProxyChain.Link asItComes() {
    return ProxyChain.Link.asItComes(plain);
  }

  ProxyChain.Link changed(UnaryOperator<ProxyRule> change) {
    return new ProxyChain.Link(proxy, change.apply(proxy.shipped()));
  }

  /** Its rule with something made wrong, and what the doctor calls that. */
  Row wrong(String mistake, UnaryOperator<ProxyRule> change, String... faults) {
    return wrong(HTTP_1_1, mistake, change, faults);
  }

  /** The same for clients that speak HTTP/2. */
  Row wrongOverHttp2(String mistake, UnaryOperator<ProxyRule> change, String... faults) {
    return wrong(HTTP_2, mistake, change, faults);
  }

  private Row wrong(
      Protocol protocol, String mistake, UnaryOperator<ProxyRule> change, String... faults) {
    return new Row(
        Row.Kind.WRONG, title, protocol, mistake, List.of(changed(change)), Set.of(faults));
  }
}
