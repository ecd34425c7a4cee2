package io.millrace.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.bench.stream.BenchClock;
import java.lang.management.ManagementFactory;

/** Processor time of server and client between two moments. One thread. */
public final class CpuSpan {

  private static final OperatingSystemMXBean SELF =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final ServerProcess server;
  private final long serverNanos;
  private final long systemNanos;
  private final long ownNanos;
  private final long startNanos = BenchClock.nanos();

  private CpuSpan(ServerProcess server) {
    this.server = server;
    this.serverNanos = server.cpuNanos();
    this.systemNanos = server.systemNanos();
    this.ownNanos = SELF.getProcessCpuTime();
  }

  public static CpuSpan start(ServerProcess server) {
    return new CpuSpan(server);
  }

  /**
   * What was used.
   *
   * @param nanos that passed
   * @param serverNanos processor time of the server's process, all threads
   * @param systemNanos the part of it in the kernel
   * @param ownNanos processor time of this process: client, publisher and broker
   */
  public record Used(long nanos, long serverNanos, long systemNanos, long ownNanos) {

    public double serverCores() {
      return (double) serverNanos / nanos;
    }

    public double ownCores() {
      return (double) ownNanos / nanos;
    }
  }

  public Used stop() {
    return new Used(
        BenchClock.nanos() - startNanos,
        server.cpuNanos() - serverNanos,
        server.systemNanos() - systemNanos,
        SELF.getProcessCpuTime() - ownNanos);
  }
}
