package io.millrace.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port that never answers a connection attempt: nothing accepts, and the kernel's queue is full.
 */
final class FullListener implements AutoCloseable {

  private final ServerSocket server;
  private final List<Socket> queued = new ArrayList<>();

  FullListener() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getByName(Loopback.HOST));
    while (enqueue()) {
      // Until an attempt stays unanswered.
    }
  }

  private boolean enqueue() throws IOException {
    Socket socket = new Socket();
    queued.add(socket);
    try {
      socket.connect(new InetSocketAddress(Loopback.HOST, port()), 300);
      return true;
    } catch (SocketTimeoutException full) {
      return false;
    }
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : queued) {
      socket.close();
    }
    server.close();
  }
}
