package io.millrace.e2e.up;

import static org.awaitility.Awaitility.await;

import io.millrace.e2e.Loopback;
import io.millrace.e2e.Repository;
import io.millrace.e2e.Requires;
import io.millrace.e2e.interop.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A site with the pages of {@code docs/examples}, built as their authors say, at an nginx with the
 * shipped rule before the streams. Cookies of one host are the same at all its ports.
 */
final class ExampleSite implements AutoCloseable {

  private static final String CONFIGURATION =
      """
      @USER@
      daemon off;
      pid nginx.pid;
      error_log error.log;
      events {}
      http {
        types { text/html html; text/javascript js; }
        access_log off;
        client_body_temp_path tmp;
        proxy_temp_path tmp;
        fastcgi_temp_path tmp;
        uwsgi_temp_path tmp;
        scgi_temp_path tmp;
        server {
          listen 127.0.0.1:@PORT@;
          root pages;
          location = /api/ai/events {
            proxy_pass @GATEWAY@;
            include @RULE@;
          }
        }
      }
      """;

  private final Process process;
  private final int port;

  private ExampleSite(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * @param gateway the URL of what serves the streams
   */
  static ExampleSite start(Path folder, String gateway) throws IOException, InterruptedException {
    build("vercel-ai", folder);
    build("tanstack-ai", folder);
    Files.createDirectories(folder.resolve("tmp"));
    int port = Loopback.freePort();
    // A master that is root would give its workers to a user who may not enter the folder.
    String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
    Files.writeString(
        folder.resolve("nginx.conf"),
        CONFIGURATION
            .replace("@USER@", user)
            .replace("@PORT@", String.valueOf(port))
            .replace("@GATEWAY@", gateway)
            .replace("@RULE@", Repository.path("ingress/nginx/sse-proxy.conf").toString()));
    Process process =
        new ProcessBuilder(
                Requires.program("nginx").toString(), "-p", folder + "/", "-c", "nginx.conf")
            .inheritIO()
            .start();
    await("the site").atMost(Duration.ofSeconds(20)).until(() -> Loopback.accepts(port));
    return new ExampleSite(process, port);
  }

  private static void build(String example, Path folder) throws IOException, InterruptedException {
    String npm = Requires.program("npm").toString();
    Workspace workspace =
        Workspace.copyOf("docs/examples/" + example, folder.resolve("pages").resolve(example));
    workspace.run(Map.of(), npm, "ci", "--silent");
    workspace.run(Map.of(), npm, "run", "--silent", "build");
  }

  /** A page that shows a run. */
  String page(String example, String conversation, String run) {
    return "http://localhost:%d/%s/index.html?conversation=%s&run=%s"
        .formatted(port, example, conversation, run);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
