package io.millrace.e2e;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The defaults of {@code MillraceConfig}, read from its source, in seconds, bytes and numbers. */
record ServiceDefaults(Map<String, Long> byKey) {

  private static final String SOURCES = "event-bus/src/main/java/io/millrace/config/";

  /** The files of the configuration, with the section each of them is. */
  private static final Map<String, String> SECTIONS =
      Map.of(
          "MillraceConfig", "",
          "ReplayConfig", "replay.",
          "RunsConfig", "runs.",
          "PublishConfig", "publish.");

  private static final Pattern SECTION_OR_DEFAULT =
      Pattern.compile(
          "(?m)^  (?:interface (\\w+) \\{|})$"
              + "|@WithDefault\\(\"(\\d+)([smhdKM]?)\"\\)\\s+\\w+ (\\w+)\\(\\);");
  private static final Map<String, Long> UNITS =
      Map.of("", 1L, "s", 1L, "m", 60L, "h", 3600L, "d", 86_400L, "K", 1024L, "M", 1024L * 1024);

  static ServiceDefaults read() {
    Map<String, Long> defaults = new TreeMap<>();
    SECTIONS.forEach((file, section) -> read(file, section, defaults));
    return new ServiceDefaults(defaults);
  }

  private static void read(String file, String outer, Map<String, Long> defaults) {
    Matcher found = SECTION_OR_DEFAULT.matcher(Repository.text(SOURCES + file + ".java"));
    String section = outer;
    while (found.find()) {
      if (found.group(4) != null) {
        long value = Long.parseLong(found.group(2)) * UNITS.get(found.group(3));
        defaults.put(section + kebab(found.group(4)), value);
      } else {
        section = found.group(1) == null ? outer : found.group(1).toLowerCase(Locale.ROOT) + ".";
      }
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
