package io.millrace.e2e.breaker.oracle;

import java.util.List;
import java.util.Random;

/**
 * Who plays in a schedule: its own users, tenant and roles, and strangers nobody plays. Only what
 * is for everyone reaches across schedules.
 *
 * @param tag part of every name, so that no schedule hears another
 * @param clients number of users
 */
public record Cast(String tag, int clients) {

  private static final int ROLES = 2;

  public String subject(int client) {
    return "u" + tag + "-" + client;
  }

  public String tenant() {
    return "t" + tag;
  }

  public String role(int client) {
    return "r" + client % ROLES;
  }

  /** All that addresses a client, as wire.md §6 makes it of its token. */
  public List<String> scopes(int client) {
    return List.of(
        "user:" + subject(client),
        "tenant:" + tenant(),
        "role:" + tenant() + "/" + role(client),
        "all");
  }

  /** A record key: mostly of somebody who plays. */
  public String anyKey(Random random) {
    int dice = random.nextInt(100);
    if (dice < 45) {
      return "user:" + subject(random.nextInt(clients));
    } else if (dice < 65) {
      return "tenant:" + tenant();
    } else if (dice < 80) {
      return "role:" + tenant() + "/" + role(random.nextInt(ROLES));
    } else if (dice < 90) {
      return "all";
    }
    return "user:stranger-" + tag + "-" + random.nextInt(5);
  }

  /**
   * The partition of a key; does not depend on the tag, so that a seed means the same every time.
   */
  public int partition(String key, int partitions) {
    return Math.floorMod(key.replace(tag, "").hashCode(), partitions);
  }
}
