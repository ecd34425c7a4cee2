package io.millrace.e2e.up;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code millrace listen}, connected. */
final class Listening implements AutoCloseable {

  private static final int PATIENCE_S = 30;

  private final Process process;
  private final BufferedReader out;

  Listening(Process process) throws Exception {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    lineWith(": ready");
  }

  /** The next line that contains this. */
  String lineWith(String part) throws Exception {
    return CompletableFuture.supplyAsync(() -> read(part)).get(PATIENCE_S, TimeUnit.SECONDS);
  }

  private String read(String part) {
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.contains(part)) {
          return line;
        }
      }
      throw new AssertionError("listen ended before it printed " + part);
    } catch (IOException e) {
      throw new AssertionError("listen was ended before it printed " + part, e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
