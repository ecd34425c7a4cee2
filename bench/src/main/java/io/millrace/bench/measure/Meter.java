package io.millrace.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.bench.load.LoadClient;
import io.millrace.bench.stream.BenchClock;
import java.lang.management.ManagementFactory;

/** Takes the difference of every counter, of server and client, between two moments. One thread. */
public final class Meter {

  private static final OperatingSystemMXBean SELF =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final ServerProcess server;
  private final LoadClient client;
  private final long startNanos;
  private final long delivered;
  private final long bytes;
  private final long ownCpuNanos;
  private final long serverCpuNanos;
  private final long serverSystemNanos;
  private final long segments;

  private Meter(ServerProcess server, LoadClient client) {
    this.server = server;
    this.client = client;
    client.takeLatency();
    delivered = client.delivered();
    bytes = client.bytes();
    ownCpuNanos = SELF.getProcessCpuTime();
    serverCpuNanos = server.cpuNanos();
    serverSystemNanos = server.systemNanos();
    segments = TcpCounters.segmentsSent();
    startNanos = BenchClock.nanos();
  }

  public static Meter start(ServerProcess server, LoadClient client) {
    return new Meter(server, client);
  }

  public LoadFigure stop() {
    long nanos = BenchClock.nanos() - startNanos;
    return new LoadFigure(
        client.delivered() - delivered,
        client.bytes() - bytes,
        nanos,
        server.cpuNanos() - serverCpuNanos,
        server.systemNanos() - serverSystemNanos,
        TcpCounters.segmentsSent() - segments,
        SELF.getProcessCpuTime() - ownCpuNanos,
        client.takeLatency());
  }
}
