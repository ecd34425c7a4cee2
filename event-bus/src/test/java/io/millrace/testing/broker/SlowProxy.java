package io.millrace.testing.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The network between clients and a broker: late by as much as the test says, or silent, as one
 * that drops packets is: connections stay open and nothing arrives.
 */
public final class SlowProxy implements AutoCloseable {

  private static final int BUFFER_BYTES = 16 * 1024;

  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int target;

  /** Guarded by the lock. */
  private long delayNanos;

  /** Guarded by the lock. */
  private boolean silent;

  /**
   * @param target the broker's port
   */
  public SlowProxy(int port, int target) {
    this.target = target;
    try {
      listener = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** From now on everything takes so much longer, each way. */
  public void delay(Duration delay) {
    change(() -> delayNanos = delay.toNanos());
  }

  /** Nothing passes until {@link #speak}. */
  public void fallSilent() {
    change(() -> silent = true);
  }

  public void speak() {
    change(() -> silent = false);
  }

  private void change(Runnable setting) {
    lock.lock();
    try {
      setting.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        connect(listener.accept());
      }
    } catch (IOException closed) {
      // The end of the proxy.
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      Socket broker = new Socket(listener.getInetAddress(), target);
      sockets.add(client);
      sockets.add(broker);
      daemon(() -> carry(client, broker));
      daemon(() -> carry(broker, client));
    } catch (ConnectException away) {
      client.close();
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitPassage();
        out.write(buffer, 0, read);
      }
    } catch (IOException | InterruptedException over) {
      // One side hung up: closing both tells the other.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void awaitPassage() throws InterruptedException {
    lock.lock();
    try {
      long left = delayNanos;
      while (left > 0) {
        left = changed.awaitNanos(left);
      }
      while (silent) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "slow-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
