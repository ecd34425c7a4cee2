package io.millrace.e2e.proxy;

import io.millrace.e2e.Loopback;
import io.millrace.e2e.SseReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Proxies one behind the other, or a single one, in front of a service. */
public final class ProxyChain implements AutoCloseable {

  /** A proxy with a rule of its. */
  public record Link(Proxy proxy, ProxyRule rule) {

    public static Link shipped(Proxy proxy) {
      return new Link(proxy, proxy.shipped());
    }

    public static Link asItComes(Proxy proxy) {
      return new Link(proxy, proxy.defaults());
    }
  }

  /** A port of each, and what clients speak to it. */
  private record Place(Link link, Protocol protocol, int port, int next) {}

  private final Path folder;
  private final List<Place> places = new ArrayList<>();
  private final List<ProxyProcess> running = new ArrayList<>();

  private ProxyChain(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts all of them.
   *
   * @param protocol spoken by clients; between the proxies it is HTTP/1.1
   * @param links from the client's to the one before the service
   */
  public static ProxyChain start(Path folder, Protocol protocol, List<Link> links, int service)
      throws IOException {
    ProxyChain chain = new ProxyChain(folder);
    int next = service;
    for (int at = links.size() - 1; at >= 0; at--) {
      Protocol spoken = at == 0 ? protocol : Protocol.HTTP_1_1;
      Place place = new Place(links.get(at), spoken, Loopback.freePort(), next);
      chain.places.add(place);
      next = place.port();
    }
    chain.start();
    return chain;
  }

  private void start() throws IOException {
    try {
      for (Place place : places) {
        Path own = Files.createTempDirectory(folder, "proxy");
        Wiring wiring = new Wiring(own, place.protocol(), place.port(), place.next(), place.next());
        running.add(ProxyProcess.start(place.link().proxy(), place.link().rule(), wiring));
      }
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Ends all of them and starts them again, where they were. */
  public void restart() throws IOException {
    close();
    start();
  }

  /** Whether all of them can read their files again without an end. */
  public boolean canReload() {
    return places.stream().allMatch(place -> place.link().proxy().reload().isPresent());
  }

  /** Has all of them read their files again. */
  public void reload() throws IOException, InterruptedException {
    for (int at = 0; at < places.size(); at++) {
      Optional<String> signal = places.get(at).link().proxy().reload();
      running.get(at).signal(signal.orElseThrow());
    }
  }

  /** What they said, for a report of a failure. */
  public String said() {
    StringBuilder said = new StringBuilder();
    running.forEach(each -> said.append(each.said()));
    return said.toString();
  }

  /** Spoken by clients. */
  public Protocol protocol() {
    return places.get(places.size() - 1).protocol();
  }

  /** Of clients, also while nobody listens there. */
  public URI uri(String path) {
    Place outermost = places.get(places.size() - 1);
    String address = "://" + Loopback.HOST + ":" + outermost.port();
    return URI.create(outermost.protocol().scheme() + address + path);
  }

  /** A stream through all of them. */
  public SseReader open(String path, String... headers) {
    return SseReader.open(places.get(places.size() - 1).protocol().client(), uri(path), headers);
  }

  /** Ends all of them, outermost first. */
  @Override
  public void close() {
    for (int at = running.size() - 1; at >= 0; at--) {
      running.get(at).close();
    }
    running.clear();
  }
}
