package io.millrace.cli.runtime;

/** A subcommand cannot do what was asked; the message is the one line its user reads. */
public final class Failure extends RuntimeException {

  public Failure(String message) {
    super(message);
  }

  public Failure(String message, Throwable cause) {
    super(message, cause);
  }
}
