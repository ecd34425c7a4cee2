package io.millrace.e2e.proxy;

import io.millrace.e2e.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of one tier, by name, with the addresses of a test in place of the examples. A negative
 * control makes one line wrong; each replacement must hit exactly once in all files, so that a
 * control can't go stale.
 */
public record ProxyRule(SortedMap<String, String> files) {

  /** All files of {@code ingress/TIER/}. */
  public static ProxyRule shipped(String tier) {
    Path folder = Repository.path("ingress/" + tier);
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ProxyRule(files);
  }

  /** A rule of one file. */
  public static ProxyRule of(String file, String text) {
    return new ProxyRule(new TreeMap<>(Map.of(file, text)));
  }

  /** One place with another text. */
  public ProxyRule replace(String from, String to) {
    return replaceAll(1, from, to);
  }

  /** The same text at each of exactly so many places, such as one for each surface. */
  public ProxyRule replaceAll(int times, String from, String to) {
    SortedMap<String, String> changed = new TreeMap<>();
    int hits = 0;
    for (Map.Entry<String, String> file : files.entrySet()) {
      hits += count(file.getValue(), from);
      changed.put(file.getKey(), file.getValue().replace(from, to));
    }
    if (hits != times) {
      throw new IllegalStateException(
          "Not %d but %d times in %s: %s".formatted(times, hits, files.keySet(), from));
    }
    return new ProxyRule(changed);
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
      count++;
    }
    return count;
  }

  /** All files into a folder. */
  public void writeTo(Path folder) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }
}
