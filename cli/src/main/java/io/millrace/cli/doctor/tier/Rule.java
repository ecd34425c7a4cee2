package io.millrace.cli.doctor.tier;

import io.millrace.cli.doctor.finding.Ailment;
import io.millrace.ingress.Rules;
import io.millrace.ingress.Tier;
import io.millrace.ingress.tier.Tiers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A line of the rules under {@code ingress/} that cures something.
 *
 * @param place file and line number, or a folder where no line is known for it
 * @param text of the line; numbers of the contract are left out
 */
public record Rule(String place, String text) {

  private static final Rule ANY = new Rule("ingress/README.md", "the rules, by kind of proxy");
  private static final Pattern COMMENT = Pattern.compile("^\\s*(#|//|\\*|/\\*).*");
  private static final Pattern PLACEHOLDER = Pattern.compile("@\\{\\w+}");

  /** The rule for this ailment at this suspect. */
  public static Rule of(Ailment ailment, Optional<Suspect> suspect) {
    return suspect
        .flatMap(each -> Tiers.ALL.stream().filter(tier -> tier.id().equals(each.id())).findFirst())
        .map(tier -> in(tier, ailment))
        .orElse(ANY);
  }

  private static Rule in(Tier tier, Ailment ailment) {
    String knob = tier.capability().idle().knob();
    Pattern wanted =
        ailment == Ailment.IDLE_CUT && !knob.isEmpty()
            ? Pattern.compile(Pattern.quote(knob))
            : words(ailment);
    return tier.files().stream()
        .flatMap(file -> find(tier.id() + "/" + file, wanted).stream())
        .findFirst()
        .orElse(new Rule("ingress/" + tier.id() + "/", tier.title()));
  }

  /** What the line about it has in it, whichever the proxy. */
  private static Pattern words(Ailment ailment) {
    String words =
        switch (ailment) {
          case RESPONSE_BUFFERING, RESPONSE_BUFFERING_TAIL, HEAD_HELD_BACK ->
              "buffering|flush|stream-response-body|response_body";
          case EVENT_DELAY -> "http-no-delay|flush|nodelay";
          case COMPRESSION -> "gzip|compress|encode|brotli|accept-encoding";
          case IDLE_CUT, TOTAL_CAP -> "timeout";
          case SHARED_STREAM -> "cache|pipe|\\bpass\\b";
          case DUPLICATE_REQUESTS -> "next_upstream|retries|retry";
          case HTTP10_UPSTREAM -> "http_version|http/1\\.1|proto";
          case GHOST_SUBSCRIBERS -> "client_abort|abortonclose|enable_request_signal";
          case HEADERS_STRIPPED, HEADERS_ALTERED -> "authorization|last-event-id|set_header";
          case CONNECTION_CAP, HTTP1_BROWSER_LIMIT -> "maxconn|max-concurrent|http2|\\bh2\\b";
          case SIZE_CAP -> "max_size|max-size";
        };
    return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
  }

  /**
   * A line that has a number of the contract is the rule; one without may be a default beside it.
   */
  private static Optional<Rule> find(String path, Pattern wanted) {
    List<String> lines = lines(path);
    List<Integer> found =
        IntStream.range(0, lines.size())
            .filter(n -> wanted.matcher(lines.get(n)).find())
            .filter(n -> !COMMENT.matcher(lines.get(n)).matches())
            .boxed()
            .toList();
    return found.stream()
        .filter(n -> PLACEHOLDER.matcher(lines.get(n)).find())
        .findFirst()
        .or(() -> found.stream().findFirst())
        .map(n -> new Rule("ingress/" + path + ":" + (n + 1), shown(lines.get(n))));
  }

  private static String shown(String line) {
    return PLACEHOLDER.matcher(line.strip()).replaceAll("…");
  }

  /** Of the template, which has the same lines as the file made of it. */
  private static List<String> lines(String path) {
    try (InputStream in = Rules.class.getResourceAsStream("tier/" + path)) {
      return in == null
          ? List.of()
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
