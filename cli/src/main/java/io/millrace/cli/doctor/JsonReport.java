package io.millrace.cli.doctor;

import io.millrace.cli.doctor.Diagnosis.Diagnosed;
import io.millrace.cli.doctor.finding.Finding;
import io.millrace.cli.doctor.tier.Suspect;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A diagnosis for a pipeline: one object; keys are added, never renamed. */
public final class JsonReport {

  private JsonReport() {}

  public static String of(Diagnosis diagnosis) {
    JsonObject json =
        new JsonObject()
            .put("probe", diagnosis.probe().toString())
            .put("status", diagnosis.exitStatus())
            .put("seconds", diagnosis.seconds());
    diagnosis
        .obstacle()
        .ifPresent(
            each ->
                json.put(
                    "obstacle",
                    new JsonObject()
                        .put("name", each.obstacle().id())
                        .put("sentence", each.sentence())));
    if (!diagnosis.legs().isEmpty()) {
      json.put("client", diagnosis.legs().get(0)).put("service", diagnosis.legs().get(1));
    }
    json.put("visible", suspects(diagnosis.visible()));
    json.put(
        "findings", new JsonArray(diagnosis.findings().stream().map(JsonReport::finding).toList()));
    json.put("notProven", new JsonArray(diagnosis.notProven()));
    return json.encodePrettily() + "\n";
  }

  private static JsonObject finding(Diagnosed diagnosed) {
    Finding finding = diagnosed.finding();
    return new JsonObject()
        .put("name", finding.ailment().id())
        .put("severity", finding.severity().toString())
        .put("sentence", finding.ailment().sentence())
        .put("evidence", finding.evidence())
        .put("amount", finding.amount())
        .put("where", diagnosed.where())
        .put("suspects", suspects(diagnosed.suspects()))
        .put(
            "rule",
            new JsonObject()
                .put("place", diagnosed.rule().place())
                .put("text", diagnosed.rule().text()));
  }

  private static JsonArray suspects(List<Suspect> suspects) {
    return new JsonArray(
        suspects.stream()
            .map(
                each ->
                    new JsonObject()
                        .put("id", each.id())
                        .put("title", each.title())
                        .put("reason", each.reason()))
            .toList());
  }
}
