package io.millrace;

import io.micrometer.core.instrument.Tag;
import io.millrace.telemetry.Meters;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What this process was built from, at {@code /q/info} of the management port, in the form that
 * Quarkus gives it; and as a meter, so that a dashboard shows a rollout. Event loop.
 */
@Singleton
final class BuildInfo {

  /** Written by the build of a service; not there where it was built without its history. */
  private static final String GIT = "META-INF/millrace-git.properties";

  private final String json;
  private final String name;
  private final String version;

  BuildInfo(
      @ConfigProperty(name = "quarkus.application.name") String name,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.name = name;
    this.version = version;
    JsonObject info =
        new JsonObject()
            .put("build", new JsonObject().put("artifact", name).put("version", version))
            .put(
                "java",
                new JsonObject()
                    .put("version", System.getProperty("java.version"))
                    .put("vendor", System.getProperty("java.vendor")));
    Properties git = git();
    if (!git.isEmpty()) {
      JsonObject commit =
          new JsonObject()
              .put("id", git.getProperty("git.commit.id"))
              .put("time", git.getProperty("git.commit.time"));
      info.put(
          "git",
          new JsonObject().put("branch", git.getProperty("git.branch")).put("commit", commit));
    }
    json = info.encode();
  }

  private static Properties git() {
    Properties git = new Properties();
    try (InputStream file =
        Thread.currentThread().getContextClassLoader().getResourceAsStream(GIT)) {
      if (file != null) {
        git.load(file);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return git;
  }

  void answer(@Observes ManagementInterface management, Meters meters) {
    management
        .router()
        .get("/q/info")
        .handler(
            context ->
                context
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(json));
    meters.gauge(
        "millrace.build.info",
        "1, by service and version",
        List.of(Tag.of("service", name), Tag.of("version", version)),
        () -> 1);
  }
}
