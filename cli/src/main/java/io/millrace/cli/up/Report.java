package io.millrace.cli.up;

import java.io.PrintWriter;
import java.time.Duration;

/** Tells the user of {@code up} what runs and what changes. Any thread. */
public interface Report {

  /** For a person: lines, with commands ready to copy. */
  static Report text(PrintWriter out) {
    return new TextReport(out);
  }

  /** For a program: one JSON object a line. */
  static Report json(PrintWriter out) {
    return new JsonReport(out);
  }

  /** Something takes a moment; told only to a person. */
  void progress(String what);

  /** Everything is ready. */
  void up(RunningSystem system);

  /** A replica's process ended and will be started again. */
  void ended(ReplicaAddress replica, long pid, int status, Duration restartIn);

  /** A new process of a replica runs; it is not ready yet. */
  void started(ReplicaAddress replica, long pid);

  /** A replica takes subscribers again. */
  void ready(ReplicaAddress replica, long pid);

  /** A replica's process runs, but asked not to be sent subscribers. */
  void unready(ReplicaAddress replica, long pid);

  /** The end has begun. */
  void stopping();
}
