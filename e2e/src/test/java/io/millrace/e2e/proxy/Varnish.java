package io.millrace.e2e.proxy;

import io.millrace.e2e.Requires;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Varnish with the shipped VCL, and after it that of a site which stores whatever it can. */
public final class Varnish implements Proxy {

  private static final String VCL = "millrace.vcl";
  private static final String SERVICE = "millrace.service.conf";
  private static final Pattern PARAMETER = Pattern.compile(" -p (\\S+)");

  /** As many sites have it, since with a cookie nothing is stored. */
  private static final String SITE =
      """

      sub vcl_recv {
          unset req.http.Cookie;
          return (hash);
      }
      """;

  @Override
  public String tier() {
    return "varnish";
  }

  @Override
  public String program() {
    return "varnishd";
  }

  @Override
  public ProxyRule defaults() {
    return ProxyRule.of(
        VCL,
        """
        vcl 4.1;
        backend notifications { .host = "127.0.0.1"; .port = "8081"; }
        backend ai_events { .host = "127.0.0.1"; .port = "8082"; }
        sub vcl_recv {
            if (req.url ~ "^/api/ai/events") {
                set req.backend_hint = ai_events;
            }
        }
        """);
  }

  @Override
  public Launch launch(ProxyRule rule, Wiring wiring) throws IOException {
    ProxyRule wired =
        rule.replace(".port = \"8081\"", ".port = \"%d\"".formatted(wiring.notifications()))
            .replace(".port = \"8082\"", ".port = \"%d\"".formatted(wiring.aiEvents()));
    if (!rule.equals(defaults())) {
      wired.files().merge(VCL, SITE, String::concat);
    }
    wired.writeTo(wiring.folder());
    Path vcl = wiring.folder().resolve(VCL);
    String program = Requires.program(program()).toString();
    List<String> run =
        new ArrayList<>(
            List.of(
                program,
                "-F",
                "-j",
                "none",
                "-n",
                wiring.folder().resolve("work").toString(),
                "-a",
                wiring.address(),
                "-f",
                vcl.toString(),
                "-s",
                "malloc,16m"));
    Matcher parameter = PARAMETER.matcher(wired.files().getOrDefault(SERVICE, ""));
    while (parameter.find()) {
      run.addAll(List.of("-p", parameter.group(1)));
    }
    // It prints the C it made of the VCL, and only on a failure anything else.
    String quiet = "\"$0\" -j none -C -f \"$1\" 2> said || { cat said; exit 1; }";
    return new Launch(List.of("sh", "-c", quiet, program, vcl.toString()), run);
  }
}
