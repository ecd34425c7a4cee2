package io.millrace.cli.doctor.tier;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** How a tier gives itself away in the head of a response. HAProxy and Traefik do not. */
enum Mark {
  CLOUDFLARE("cloudflare", "Cloudflare", "CF-RAY", "."),
  CLOUDFLARE_SERVER("cloudflare", "Cloudflare", "Server", "^cloudflare"),
  FRONT_DOOR("azure-front-door", "Azure Front Door", "X-Azure-Ref", "."),
  APPLICATION_GATEWAY(
      "azure-application-gateway",
      "Azure Application Gateway",
      "Set-Cookie",
      "ApplicationGatewayAffinity"),
  APP_SERVICE("azure-app-service", "Azure App Service", "Set-Cookie", "ARRAffinity"),
  CLOUD_FRONT("", "Amazon CloudFront", "X-Amz-Cf-Id", "."),
  ALB("", "AWS Application Load Balancer", "Server", "awselb"),
  GOOGLE("", "Google Cloud load balancer", "Via", "\\bgoogle\\b"),
  VARNISH("varnish", "Varnish", "X-Varnish", "."),
  VARNISH_VIA("varnish", "Varnish", "Via", "varnish"),
  SQUID("squid", "Squid", "Via", "squid"),
  TRAFFIC_SERVER("trafficserver", "Apache Traffic Server", "Via", "ApacheTrafficServer|\\bATS\\b"),
  TRAFFIC_SERVER_SERVER("trafficserver", "Apache Traffic Server", "Server", "^ATS\\b"),
  NGHTTPX("nghttpx", "nghttpx", "Via", "nghttpx"),
  NGHTTPX_SERVER("nghttpx", "nghttpx", "Server", "nghttpx"),
  ENVOY("envoy", "Envoy", "Server", "envoy"),
  ENVOY_TIME("envoy", "Envoy", "X-Envoy-Upstream-Service-Time", "."),
  CADDY("caddy", "Caddy", "Via", "Caddy"),
  CADDY_SERVER("caddy", "Caddy", "Server", "Caddy"),
  LIGHTTPD("lighttpd", "lighttpd", "Server", "lighttpd"),
  APACHE("apache", "Apache httpd", "Server", "^Apache"),
  NGINX("nginx", "nginx", "Server", "nginx|openresty");

  private final String id;
  private final String title;
  private final String header;
  private final Pattern value;

  Mark(String id, String title, String header, String value) {
    this.id = id;
    this.title = title;
    this.header = header;
    this.value = Pattern.compile(value, Pattern.CASE_INSENSITIVE);
  }

  /** Who shows in this head. */
  static List<Suspect> in(Function<String, String> headers) {
    return Arrays.stream(values())
        .filter(mark -> mark.value.matcher(headers.apply(mark.header)).find())
        .map(mark -> new Suspect(mark.id, mark.title, "its header " + mark.header))
        .toList();
  }
}
