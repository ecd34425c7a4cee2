package io.millrace.cli.doctor.tier;

/**
 * A tier that may be the one.
 *
 * @param id its folder under {@code ingress/}; empty where it has none
 * @param reason what points at it
 */
public record Suspect(String id, String title, String reason) {

  @Override
  public String toString() {
    return title + " (" + reason + ")";
  }
}
