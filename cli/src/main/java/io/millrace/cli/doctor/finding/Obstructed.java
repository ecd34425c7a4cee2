package io.millrace.cli.doctor.finding;

/** An examination cannot take place; the message is one sentence. */
public final class Obstructed extends Exception {

  private final Obstacle obstacle;

  public Obstructed(Obstacle obstacle, String message) {
    super(message);
    this.obstacle = obstacle;
  }

  public Obstacle obstacle() {
    return obstacle;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
