package io.millrace.e2e.interop;

import io.millrace.e2e.Loopback;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a service, and breaks the first connection off in mid-stream. */
final class CuttingRelay implements AutoCloseable {

  private final ServerSocket server = Loopback.listen();
  private final AtomicInteger connections = new AtomicInteger();
  private final int target;
  private final long bytes;

  /**
   * A relay to this port.
   *
   * @param bytes of the first response before it is broken off
   */
  CuttingRelay(int target, long bytes) {
    this.target = target;
    this.bytes = bytes;
    start(this::acceptAll);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Connections so far. */
  int connections() {
    return connections.get();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket client = server.accept();
        Socket upstream = Loopback.connect(target);
        long most = connections.incrementAndGet() == 1 ? bytes : Long.MAX_VALUE;
        start(() -> copy(client, upstream, Long.MAX_VALUE));
        start(() -> copy(upstream, client, most));
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  /** Copies so many bytes, then resets both connections, as a proxy that is killed does. */
  private static void copy(Socket from, Socket to, long most) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[1 << 10];
      long left = most;
      for (int read = in.read(buffer); read >= 0 && left > 0; read = in.read(buffer)) {
        out.write(buffer, 0, (int) Math.min(read, left));
        left -= read;
      }
      if (left <= 0) {
        to.setSoLinger(true, 0);
      }
    } catch (IOException closed) {
      // Either side left; closing both passes that on.
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "cutting-relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
