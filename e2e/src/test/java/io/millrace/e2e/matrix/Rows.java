package io.millrace.e2e.matrix;

import static io.millrace.e2e.proxy.Protocol.HTTP_1_1;
import static io.millrace.e2e.proxy.Protocol.HTTP_2;

import io.millrace.e2e.proxy.Apache;
import io.millrace.e2e.proxy.Caddy;
import io.millrace.e2e.proxy.Envoy;
import io.millrace.e2e.proxy.Haproxy;
import io.millrace.e2e.proxy.Lighttpd;
import io.millrace.e2e.proxy.Nghttpx;
import io.millrace.e2e.proxy.Nginx;
import io.millrace.e2e.proxy.Protocol;
import io.millrace.e2e.proxy.ProxyChain;
import io.millrace.e2e.proxy.Squid;
import io.millrace.e2e.proxy.Traefik;
import io.millrace.e2e.proxy.TrafficServer;
import io.millrace.e2e.proxy.Varnish;
import io.millrace.e2e.proxy.Workerd;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Every row, in the order of the page. */
final class Rows {

  static final Subject NGINX = Subject.nginx("nginx 1.22", Nginx.debian());
  static final Subject NGINX_MAINLINE = Subject.nginx("nginx 1.31", Nginx.mainline());
  static final Subject HAPROXY = Subject.of("HAProxy 2.6", Haproxy.debian());
  static final Subject HAPROXY_LTS = Subject.of("HAProxy 2.8", Haproxy.lts());
  static final Subject APACHE = Subject.of("Apache httpd 2.4", new Apache());
  static final Subject CADDY_DEBIAN = Subject.of("Caddy 2.6", Caddy.debian());
  static final Subject CADDY = Subject.of("Caddy 2.11", Caddy.current());
  static final Subject TRAEFIK = Subject.of("Traefik 3.7", new Traefik());
  static final Subject ENVOY = Subject.of("Envoy 1.39", new Envoy());
  static final Subject LIGHTTPD = Subject.of("lighttpd 1.4", new Lighttpd());
  static final Subject NGHTTPX = Subject.of("nghttpx 1.52", new Nghttpx());
  static final Subject TRAFFIC_SERVER = Subject.of("Traffic Server 9.2", new TrafficServer());
  static final Subject VARNISH = Subject.withoutHttp2("Varnish 7.1", new Varnish());
  static final Subject SQUID = Subject.withoutHttp2("Squid 5.7", new Squid());
  static final Subject WORKERD = Subject.withoutHttp2("Cloudflare Worker", new Workerd());

  private static final List<Subject> PROXIES =
      List.of(
          NGINX,
          NGINX_MAINLINE,
          HAPROXY,
          HAPROXY_LTS,
          APACHE,
          CADDY_DEBIAN,
          CADDY,
          TRAEFIK,
          ENVOY,
          LIGHTTPD,
          NGHTTPX,
          TRAFFIC_SERVER,
          VARNISH,
          SQUID);

  static final List<Row> ALL = all();

  private Rows() {}

  private static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    PROXIES.forEach(subject -> rows.addAll(shipped(subject)));
    rows.addAll(shipped(WORKERD));
    rows.addAll(chains());
    PROXIES.forEach(subject -> rows.addAll(asItComes(subject)));
    rows.addAll(WrongNginxRows.ALL);
    rows.addAll(WrongRows.ALL);
    return List.copyOf(rows);
  }

  private static List<Row> shipped(Subject subject) {
    List<ProxyChain.Link> links = List.of(subject.shipped());
    return subject.protocols().stream()
        .map(
            each -> new Row(Row.Kind.RULE, subject.title(), each, "", links, unseen(subject, each)))
        .toList();
  }

  /** It carries eight streams on an HTTP/2 connection: some of the doctor's wait. */
  private static Set<String> unseen(Subject subject, Protocol protocol) {
    return subject == LIGHTTPD && protocol == HTTP_2 ? Set.of("unavailable") : Set.of();
  }

  private static List<Row> chains() {
    return List.of(
        chain("HAProxy 2.6 → nginx 1.22", HAPROXY.shipped(), NGINX.shipped()),
        chain(
            "Cloudflare Worker → nginx 1.22 → HAProxy 2.6",
            WORKERD.shipped(),
            NGINX.shipped(),
            HAPROXY.shipped()),
        chain("nginx 1.22 as it comes → nginx 1.22", NGINX.asItComes(), NGINX.shipped()),
        chain("nginx 1.31 as it comes → nginx 1.22", NGINX_MAINLINE.asItComes(), NGINX.shipped()));
  }

  private static Row chain(String title, ProxyChain.Link... links) {
    return new Row(Row.Kind.RULE, title, HTTP_1_1, "", List.of(links), Set.of());
  }

  private static List<Row> asItComes(Subject subject) {
    return subject.protocols().stream()
        .map(
            each ->
                new Row(
                    Row.Kind.AS_IT_COMES,
                    subject.title(),
                    each,
                    "",
                    List.of(subject.asItComes()),
                    faultsOf(subject, each)))
        .toList();
  }

  /** Where there are none, what is wrong with the program shows later, or with another site. */
  private static Set<String> faultsOf(Subject subject, Protocol protocol) {
    if (subject == NGINX) {
      return Set.of("http10-upstream");
    }
    if (subject == HAPROXY || subject == HAPROXY_LTS) {
      return protocol == HTTP_1_1 ? Set.of("event-delay") : Set.of();
    }
    if (subject == ENVOY) {
      return Set.of("total-cap");
    }
    if (subject == LIGHTTPD) {
      return Set.of("response-buffering");
    }
    return subject == SQUID ? Set.of("headers-stripped") : Set.of();
  }
}
