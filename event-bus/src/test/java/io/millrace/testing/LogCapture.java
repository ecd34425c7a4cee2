package io.millrace.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Everything that is logged in this JVM while it is open, stack traces included. */
public final class LogCapture extends Handler implements AutoCloseable {

  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final Logger root = Logger.getLogger("");

  public LogCapture() {
    setLevel(Level.ALL);
    setFormatter(new PatternFormatter("%p %c %s%e"));
    root.addHandler(this);
  }

  @Override
  public void publish(LogRecord record) {
    messages.add(getFormatter().format(record));
  }

  /** The messages that contain this text. */
  public List<String> containing(String part) {
    return messages.stream().filter(message -> message.contains(part)).toList();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
  }
}
