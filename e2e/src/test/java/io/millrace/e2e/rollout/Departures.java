package io.millrace.e2e.rollout;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.millrace.e2e.cluster.Release;
import io.millrace.e2e.cluster.TestNamespace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When pods were told to go: each drains from then on. The client's threads write. */
final class Departures implements AutoCloseable {

  private final Map<String, Long> since = new HashMap<>();
  private final Watch watch;

  Departures(TestNamespace namespace, String component) {
    watch =
        namespace
            .pods()
            .withLabels(
                Map.of(
                    "app.kubernetes.io/instance",
                    Release.NAME,
                    "app.kubernetes.io/component",
                    component))
            .watch(new Watching());
  }

  private final class Watching implements Watcher<Pod> {

    @Override
    public void eventReceived(Action action, Pod pod) {
      if (pod.getMetadata().getDeletionTimestamp() != null) {
        note(pod.getMetadata().getName());
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      // Without it no windows are known, and the row says so.
    }
  }

  private synchronized void note(String pod) {
    since.putIfAbsent(pod, System.nanoTime());
  }

  /** A new step begins; who left before is forgotten. */
  synchronized void clear() {
    since.replaceAll((pod, nanos) -> Long.MIN_VALUE);
  }

  /** When the pods of this step began to drain, by {@link System#nanoTime()}. */
  synchronized List<Long> starts() {
    return since.values().stream().filter(nanos -> nanos != Long.MIN_VALUE).sorted().toList();
  }

  @Override
  public void close() {
    watch.close();
  }
}
