package io.millrace.e2e.matrix;

import io.millrace.e2e.Requires;
import io.millrace.e2e.proxy.Protocol;
import io.millrace.e2e.proxy.ProxyChain;
import java.util.List;
import java.util.Set;

/**
 * One line of the matrix: a proxy, or several, with what it is told, and what the doctor must say.
 *
 * @param title of the proxies, with their versions
 * @param protocol clients speak
 * @param mistake what was made wrong; empty unless something was
 * @param links from the client's to the one before the service
 * @param faults the doctor must name, and no others
 */
record Row(
    Kind kind,
    String title,
    Protocol protocol,
    String mistake,
    List<ProxyChain.Link> links,
    Set<String> faults) {

  /** What the proxies are told; each has a table of its own. */
  enum Kind {
    RULE,
    AS_IT_COMES,
    WRONG
  }

  Row {
    links = List.copyOf(links);
    faults = Set.copyOf(faults);
  }

  /** As it is written in the page. */
  String spoken() {
    return protocol.isSecure() ? "HTTP/2" : "HTTP/1.1";
  }

  /** For people, and for {@code -Dmillrace.matrix}. */
  String name() {
    String told =
        switch (kind) {
          case RULE -> "rule";
          case AS_IT_COMES -> "as it comes";
          case WRONG -> mistake;
        };
    return title + ", " + spoken() + ": " + told;
  }

  /** Skips the row, or fails it, where a program is missing. */
  void requirePrograms() {
    links.forEach(link -> Requires.program(link.proxy().program()));
  }

  @Override
  public String toString() {
    return name();
  }
}
