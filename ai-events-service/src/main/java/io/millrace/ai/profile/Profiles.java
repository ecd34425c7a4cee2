package io.millrace.ai.profile;

import io.millrace.sse.NativeProfile;
import io.millrace.sse.Profile;
import java.util.List;
import java.util.Optional;

/** The profiles a request can name. */
public final class Profiles {

  private static final List<Profile> ALL =
      List.of(NativeProfile.INSTANCE, new UiMessageStream(), new ToolUp());

  private Profiles() {}

  public static Optional<Profile> named(String name) {
    return ALL.stream().filter(profile -> profile.name().equals(name)).findFirst();
  }

  public static List<String> names() {
    return ALL.stream().map(Profile::name).toList();
  }
}
