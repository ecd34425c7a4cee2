package io.millrace.ingress.tier;

import io.millrace.ingress.Tier;
import java.util.List;

/** Every tier that has files here. */
public final class Tiers {

  public static final List<Tier> ALL =
      List.of(
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
          new TrafficServer(),
          new CloudflareWorker(),
          new AzureAppService(),
          new AzureFrontDoor(),
          new AzureApplicationGateway(),
          new Cloudflare());

  private Tiers() {}
}
