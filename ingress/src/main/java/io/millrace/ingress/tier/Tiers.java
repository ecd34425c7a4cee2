package io.millrace.ingress.tier;

import io.millrace.ingress.Tier;
import io.millrace.ingress.cloud.Clouds;
import java.util.List;
import java.util.stream.Stream;

/** Every tier that has files here. */
public final class Tiers {

  public static final List<Tier> ALL =
      Stream.concat(
              Stream.of(
                  new Nginx(),
                  new Haproxy(),
                  new Apache(),
                  new Caddy(),
                  new Traefik(),
                  new Envoy(),
                  new Lighttpd(),
                  new Nghttpx(),
                  new Varnish(),
                  new Squid(),
                  new TrafficServer()),
              Clouds.ALL.stream())
          .toList();

  private Tiers() {}
}
