package io.millrace.cli.doctor.check;

import io.millrace.cli.conformance.wire.Printable;
import io.millrace.cli.doctor.finding.Ailment;
import io.millrace.cli.doctor.finding.Examined;
import io.millrace.cli.doctor.finding.Finding;
import io.millrace.cli.doctor.finding.Severity;
import io.millrace.cli.doctor.probe.Phase;
import io.millrace.cli.doctor.probe.Probe;
import io.millrace.cli.doctor.probe.ProbeRequest;
import io.millrace.cli.doctor.probe.Recording;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks for every encoding there is. The service never compresses a stream, so who does is a tier.
 * Large events: some tiers leave small ones alone, and those hold the large ones to the end.
 */
public final class Compression implements Check {

  private static final List<String> ACCEPTED =
      List.of("gzip", "br", "zstd", "gzip, deflate, br, zstd", "*");

  /** The phase sends for 1.5 s; what comes within a quarter of that was held. */
  private static final double STREAMED_MILLIS = 400;

  @Override
  public Examined examine(Chain chain) throws InterruptedException {
    List<Recording> recordings = new ArrayList<>();
    for (String accepted : ACCEPTED) {
      recordings.add(
          chain
              .probe()
              .open(
                  ProbeRequest.of(Phase.LARGE, "encoding-" + recordings.size())
                      .header("Accept-Encoding", accepted)));
    }
    for (Recording each : recordings) {
      Probe.finish(each);
    }
    List<Recording> encoded = recordings.stream().filter(Recording::isEncoded).toList();
    if (!encoded.isEmpty()) {
      return Examined.found(finding(encoded));
    }
    long answered = recordings.stream().filter(Recording::isEventStream).count();
    return answered == recordings.size()
        ? Examined.HEALTHY
        : Examined.notProven(
            "compression: only %d of %d requests were answered"
                .formatted(answered, recordings.size()));
  }

  private static Finding finding(List<Recording> encoded) {
    boolean held =
        encoded.stream()
            .allMatch(each -> each.lastByteMillis() - each.firstByteMillis() < STREAMED_MILLIS);
    String how =
        held
            ? "everything came within %.0f ms at the end"
                .formatted(encoded.get(0).lastByteMillis() - encoded.get(0).firstByteMillis())
            : "events still came one by one";
    return Finding.of(
        Ailment.COMPRESSION,
        held ? Severity.BROKEN : Severity.SLOW,
        "to Accept-Encoding: %s came Content-Encoding: %s; %s"
            .formatted(
                accepted(encoded.get(0)),
                Printable.of(encoded.get(0).header("Content-Encoding")),
                how));
  }

  private static String accepted(Recording recording) {
    return recording.request().headers().getOrDefault("Accept-Encoding", "none");
  }

  /** A tier that compresses for a client that did not ask; nothing else can be read then. */
  public static Finding unasked(Recording entry) {
    return Finding.of(
        Ailment.COMPRESSION,
        Severity.BROKEN,
        "without any Accept-Encoding came Content-Encoding: "
            + Printable.of(entry.header("Content-Encoding")));
  }
}
