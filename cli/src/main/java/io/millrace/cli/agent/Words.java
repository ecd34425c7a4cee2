package io.millrace.cli.agent;

import java.util.List;

/** What a scripted agent says: sentences with what tears easily, cut as models cut them. */
final class Words {

  static final List<String> THOUGHT =
      pieces("The traveller wants trains, so I look them up first.");

  static final List<String> TOOLS = List.of("find_trains", "check_seats", "get_weather");

  private static final List<String> SAID =
      pieces(
          "There are three trains from Łódź to Köln today. The 9:04 is the quickest: you change "
              + "once, in Poznań, and have “just enough” time for a café. 🚆 The 10:17 costs less"
              + " (about 40 €), but it is full\\half empty depending on the day. "
              + "Naïve plans fail on Sundays; 日曜日は混みます. ");

  private Words() {}

  /** The piece at this place of the text, which repeats itself. */
  static String token(int place) {
    return SAID.get(place % SAID.size());
  }

  /** Words with the blanks before them; long ones in two pieces, as a tokenizer makes them. */
  private static List<String> pieces(String text) {
    return java.util.regex.Pattern.compile("\\s*[^\\s]{1,6}|\\s+")
        .matcher(text)
        .results()
        .map(java.util.regex.MatchResult::group)
        .toList();
  }
}
