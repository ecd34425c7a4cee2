package io.millrace.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** Addresses of this machine that nothing outside it can reach. */
public final class Loopback {

  public static final String HOST = "127.0.0.1";

  private Loopback() {}

  public static int freePort() {
    try (ServerSocket socket = listen()) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ServerSocket listen() {
    try {
      return new ServerSocket(0, 50, InetAddress.getByName(HOST));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(HOST, port), 5_000);
    socket.setTcpNoDelay(true);
    return socket;
  }

  public static boolean accepts(int port) {
    try (Socket socket = connect(port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  public static URI http(int port, String path) {
    return URI.create("http://" + HOST + ":" + port + path);
  }
}
