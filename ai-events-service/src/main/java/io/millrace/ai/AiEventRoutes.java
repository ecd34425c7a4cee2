package io.millrace.ai;

import io.millrace.probe.ProbeHandler;
import io.millrace.publish.PublishHandler;
import io.millrace.subscribe.SubscribeHandler;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Binds the surface. */
@Singleton
final class AiEventRoutes {

  static final String PATH = "/api/ai/events";

  void bind(
      @Observes Router router,
      SubscribeHandler subscribe,
      PublishHandler publish,
      ProbeHandler probe) {
    router.get(PATH).handler(subscribe);
    router.post(PATH).handler(publish);
    router.get(PATH + "/probe").handler(probe);
  }
}
