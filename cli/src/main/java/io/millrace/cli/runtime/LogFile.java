package io.millrace.cli.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Where the libraries in this process write: a file or nothing, never the terminal. */
public final class LogFile {

  /** Two files of this size at most: a broker in trouble can write without end. */
  private static final int MAX_BYTES = 10 << 20;

  private static final String FORMAT = "%1$tF %1$tT.%1$tL %4$s [%3$s] %5$s%6$s%n";

  private LogFile() {}

  /** Nothing is logged: what a command has to say it prints. */
  public static void none() {
    LogManager.getLogManager().reset();
  }

  /** Everything from INFO up goes to this file. */
  public static void at(Path file) {
    none();
    System.setProperty("java.util.logging.SimpleFormatter.format", FORMAT);
    try {
      FileHandler handler = new FileHandler(file + ".%g", MAX_BYTES, 2, true);
      handler.setFormatter(new SimpleFormatter());
      handler.setLevel(Level.INFO);
      Logger.getLogger("").addHandler(handler);
    } catch (IOException e) {
      throw new Failure("cannot write the log " + file + ": " + e, e);
    }
  }
}
