package io.millrace.ingress.cloud;

import io.millrace.ingress.Tier;
import java.util.List;

/** Every cloud that has files here. */
public final class Clouds {

  public static final List<Tier> ALL =
      List.of(
          new CloudflareWorker(),
          new AzureAppService(),
          new AzureFrontDoor(),
          new AzureApplicationGateway(),
          new Cloudflare());

  private Clouds() {}
}
