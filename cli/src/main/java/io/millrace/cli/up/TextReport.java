package io.millrace.cli.up;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Lines for a person, with commands ready to copy. */
final class TextReport implements Report {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final PrintWriter out;

  TextReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void progress(String what) {
    print(what);
  }

  @Override
  public void up(RunningSystem system) {
    print("");
    print("Millrace is up (" + seconds(system.startTime()) + ")");
    print("");
    row("gateway", system.gateway() + "  (open it in a browser for the demo)");
    row("kafka", system.kafka());
    for (Replica replica : system.replicas()) {
      ReplicaAddress address = replica.address();
      row(
          address.toString(),
          address.url() + "  management " + address.management() + "  pid " + replica.pid());
    }
    row("logs", system.logs().toString());
    print("");
    print("Listen, in another terminal:");
    print("  TOKEN=$(./millrace token --sub alice --tenant acme --group admins --conversation c1)");
    curl(system.gateway() + "/api/notifications");
    curl("'" + system.gateway() + "/api/ai/events?conversationId=c1'");
    print("Publish:");
    print(
        "  ./millrace publish notifications user:alice '{\"title\":\"shipped\"}'" + broker(system));
    print("");
    print("Ctrl-C ends everything.");
  }

  private void row(String name, String value) {
    print(String.format(Locale.ROOT, "  %-26s %s", name, value));
  }

  private void curl(String address) {
    print("  curl -N -H \"Authorization: Bearer $TOKEN\" " + address);
  }

  private static String broker(RunningSystem system) {
    boolean usual = system.kafka().endsWith(":9092");
    return usual ? "" : " --bootstrap " + system.kafka();
  }

  @Override
  public void ended(ReplicaAddress replica, long pid, int status, Duration restartIn) {
    change(
        replica,
        "(pid %d) ended with status %d; starting it again on port %d in %s"
            .formatted(pid, status, replica.port(), seconds(restartIn)));
  }

  @Override
  public void started(ReplicaAddress replica, long pid) {
    change(replica, "started as pid " + pid);
  }

  @Override
  public void ready(ReplicaAddress replica, long pid) {
    change(replica, "is ready");
  }

  @Override
  public void unready(ReplicaAddress replica, long pid) {
    change(replica, "is not ready: it gets no new subscribers");
  }

  private void change(ReplicaAddress replica, String what) {
    print(TIME.format(LocalTime.now()) + "  " + replica + " " + what);
  }

  @Override
  public void stopping() {
    print("Stopping.");
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  private synchronized void print(String line) {
    out.println(line);
    out.flush();
  }
}
