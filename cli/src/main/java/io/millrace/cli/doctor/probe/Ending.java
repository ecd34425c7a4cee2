package io.millrace.cli.doctor.probe;

/** How far an exchange is. */
public enum Ending {
  /** It goes on. */
  OPEN,

  /** The server ended it in good order. */
  COMPLETE,

  /** It broke off, or was never answered. */
  BROKEN,

  /** We left. */
  LEFT
}
