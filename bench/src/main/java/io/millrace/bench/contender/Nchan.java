package io.millrace.bench.contender;

import io.millrace.bench.load.StreamTarget;
import io.millrace.bench.measure.Cores;
import io.millrace.bench.measure.Machine;
import io.millrace.bench.measure.OpenFiles;
import io.millrace.bench.measure.ServerProcess;
import io.millrace.kafka.embedded.LoopbackPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The peer: nginx with the nchan module, one channel, at its best settings. */
public final class Nchan implements Contender {

  private static final List<String> NGINX =
      List.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx");
  private static final List<String> MODULE =
      List.of(
          "/usr/lib/nginx/modules/ngx_nchan_module.so",
          "/usr/lib64/nginx/modules/ngx_nchan_module.so");
  private static final String SUBSCRIBE =
      "GET /sub HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n";

  /** nginx sets aside memory for each connection it may have. */
  private static final long MOST_FILES = 65_536;

  private final Path nginx;
  private final Path module;
  private final Cores cores;
  private final int workers;

  private Nchan(Path nginx, Path module, Cores cores, int workers) {
    this.nginx = nginx;
    this.module = module;
    this.cores = cores;
    this.workers = workers;
  }

  /** What Debian and Fedora install; empty when nginx or the module is not there. */
  public static Optional<Nchan> installed(Cores cores, int workers) {
    return first(NGINX)
        .flatMap(nginx -> first(MODULE).map(module -> new Nchan(nginx, module, cores, workers)));
  }

  /** As above; fails with what to do when it is not there. */
  public static Nchan required(Cores cores, int workers) {
    return installed(cores, workers)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "nginx with nchan is not here: apt-get install nginx libnginx-mod-nchan,"
                        + " or measure without it: --only millrace"));
  }

  private static Optional<Path> first(List<String> places) {
    return places.stream().map(Path::of).filter(Files::exists).findFirst();
  }

  @Override
  public String name() {
    return "nchan";
  }

  @Override
  public String version() {
    String packaged =
        Machine.firstLineOf("dpkg-query", "-W", "-f", "${Version}", "libnginx-mod-nchan");
    return "nchan " + packaged + ", " + Machine.firstLineOf(nginx.toString(), "-v");
  }

  @Override
  public RunningContender start(Path workDir) throws IOException, InterruptedException {
    int port = LoopbackPort.free();
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
    Path config = workDir.resolve("nginx.conf");
    Files.writeString(config, configuration(port));
    List<String> command =
        List.of(nginx.toString(), "-p", workDir.toString(), "-c", config.toString());
    ServerProcess process = ServerProcess.start(command, cores, workDir.resolve("nginx.log"));
    try {
      process.await(() -> ServerProcess.accepts(address), Duration.ofSeconds(10));
      return new RunningContender(
          process,
          new StreamTarget(address, Nchan::subscribe),
          new HttpPublisher(address, "/pub"),
          RunningContender.Collector.NONE);
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private static byte[] subscribe(int client, Optional<String> lastEventId) {
    String resume = lastEventId.map(id -> "Last-Event-ID: " + id + "\r\n").orElse("");
    return (SUBSCRIBE + resume + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** Everything that costs and is not needed is off: access log, authorisation, gzip. */
  private String configuration(int port) throws IOException {
    return template()
        .replace("@MODULE@", module.toString())
        .replace("@USER@", System.getProperty("user.name").equals("root") ? "user root;" : "")
        .replace("@FILES@", Long.toString(Math.min(OpenFiles.limit(), MOST_FILES)))
        .replace("@WORKERS@", Integer.toString(workers))
        .replace("@PORT@", Integer.toString(port));
  }

  private static String template() throws IOException {
    try (var in = Nchan.class.getResourceAsStream("nginx.conf")) {
      if (in == null) {
        throw new IOException("nginx.conf is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
