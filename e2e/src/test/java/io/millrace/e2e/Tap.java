package io.millrace.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A relay that passes bytes on unchanged and keeps what was asked and answered, up to a bound. */
final class Tap implements AutoCloseable {

  private static final int KEPT_BYTES = 64 << 10;

  private final ServerSocket server = Loopback.listen();
  private final StringBuffer requests = new StringBuffer();
  private final StringBuffer responses = new StringBuffer();
  private final int target;

  Tap(int target) {
    this.target = target;
    start(this::acceptAll);
  }

  int port() {
    return server.getLocalPort();
  }

  String requests() {
    return requests.toString();
  }

  String responses() {
    return responses.toString();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket client = server.accept();
        Socket upstream = Loopback.connect(target);
        start(() -> copy(client, upstream, requests));
        start(() -> copy(upstream, client, responses));
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  private static void copy(Socket from, Socket to, StringBuffer kept) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[8 << 10];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        if (kept.length() < KEPT_BYTES) {
          kept.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException closed) {
      // Either side left; closing both passes that on.
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "tap");
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
