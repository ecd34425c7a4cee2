package io.millrace.bench.runs;

import io.millrace.bench.contender.BenchTokens;
import io.millrace.bench.contender.KafkaPublisher;
import io.millrace.bench.contender.Launch;
import io.millrace.bench.contender.Replica;
import io.millrace.bench.contender.Service;
import io.millrace.bench.contender.Site;
import io.millrace.bench.load.StreamTarget;
import io.millrace.bench.measure.OpenFiles;
import io.millrace.bench.report.Comparison;
import io.millrace.bench.report.Section;
import io.millrace.bench.run.Placement;
import io.millrace.bench.run.RunOptions;
import io.millrace.bench.run.Workbench;
import io.millrace.bench.runs.StreamRound.Scene;
import io.millrace.bench.stream.DeliveryCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs rounds of a fresh server each. */
@Command(
    name = "runs",
    description =
        "Runs of agents: streamed with and without merging, known by the thousand, joined.",
    mixinStandardHelpOptions = true)
public final class RunsCommand implements Callable<Integer> {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String FRAMES = "millrace_delivered_frames_total";

  @Mixin RunsOptions options = new RunsOptions();
  @Mixin Placement placement = Placement.shared();
  @Mixin RunOptions run = new RunOptions(Service.AI_EVENTS);
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    OpenFiles.require(options.clients());
    Map<Scene, String> merging = new LinkedHashMap<>();
    merging.put(scene(0), "one by one");
    merging.put(scene(options.coalesce), "coalesce=" + options.coalesce);
    Map<Scene, String> known = new LinkedHashMap<>();
    known.put(known(options.known, options.subscribed), "%,d known".formatted(options.known));
    known.put(known(options.few, options.few), "%,d known".formatted(options.few));
    try (Workbench bench = Workbench.open(run, spec, placement.cores(), options.clients())) {
      Map<String, List<StreamFigures>> merged = rounds(bench, merging);
      Map<String, List<StreamFigures>> many = rounds(bench, known);
      List<JoinFigures> joins = new ArrayList<>();
      for (int round = 1; round <= options.rounds; round++) {
        joins.add(join(bench));
      }
      DeliveryCheck check = check(merged).and(check(many));
      bench.report(section(bench, merged, many, joins, check));
      return check.isExactlyOnce() ? 0 : 1;
    }
  }

  private Scene scene(int coalesce) {
    return new Scene(options.conversations, options.conversations, options.rate, coalesce);
  }

  private Scene known(int known, int followed) {
    return new Scene(known, followed, options.knownRate / followed, 0);
  }

  private Map<String, List<StreamFigures>> rounds(Workbench bench, Map<Scene, String> scenes)
      throws IOException, InterruptedException {
    Map<String, List<StreamFigures>> figures = new LinkedHashMap<>();
    scenes.values().forEach(name -> figures.put(name, new ArrayList<>()));
    for (int round = 1; round <= options.rounds; round++) {
      for (Map.Entry<Scene, String> scene : scenes.entrySet()) {
        StreamFigures one = stream(bench, scene.getKey());
        bench.say(
            "round %d, %s: p50 %.1f ms, p99 %.1f ms, server %.2f cores"
                .formatted(
                    round,
                    scene.getValue(),
                    one.load().latencyMillis(50),
                    one.load().latencyMillis(99),
                    one.load().serverCores()));
        figures.computeIfAbsent(scene.getValue(), name -> new ArrayList<>()).add(one);
      }
    }
    return figures;
  }

  private StreamFigures stream(Workbench bench, Scene scene)
      throws IOException, InterruptedException {
    Site site = bench.site();
    // Seconds of these tokens: clients that follow live need no more, and the index is weighed.
    Launch launch = placement.launch(bench).withDefault("millrace.tail.max-bytes", "8M");
    try (Replica replica = site.start(launch, bench.directory("stream"));
        KafkaPublisher publisher = site.publisher();
        StreamRound one =
            new StreamRound(options, scene, placement.clientLoops(), replica, publisher)) {
      one.begin();
      return one.measure();
    }
  }

  private JoinFigures join(Workbench bench) throws IOException, InterruptedException {
    Site site = bench.site();
    try (Replica replica = site.start(placement.launch(bench), bench.directory("join"));
        KafkaPublisher publisher = site.publisher()) {
      Talk talk = new Talk(publisher, 1);
      talk.begin(1);
      for (int i = 0; i < options.tokens; i++) {
        talk.say();
      }
      publisher.flush();
      replica.process().awaitQuiet(LIMIT);
      StreamTarget target =
          replica.target("?from=run&conversationId=" + BenchTokens.conversation(0));
      List<Join> joins = new ArrayList<>();
      for (int i = 0; i < options.joins; i++) {
        Join.of(target, options.tokens); // Warms it up.
      }
      double before = replica.metric(FRAMES);
      for (int i = 0; i < options.joins; i++) {
        joins.add(Join.of(target, options.tokens));
      }
      return new JoinFigures(joins, (replica.metric(FRAMES) - before) / options.joins);
    }
  }

  private static DeliveryCheck check(Map<String, List<StreamFigures>> rounds) {
    return rounds.values().stream()
        .flatMap(List::stream)
        .map(StreamFigures::check)
        .reduce(DeliveryCheck.NONE, DeliveryCheck::and);
  }

  private Section section(
      Workbench bench,
      Map<String, List<StreamFigures>> merged,
      Map<String, List<StreamFigures>> many,
      List<JoinFigures> joins,
      DeliveryCheck check) {
    Comparison<StreamFigures> merging = new Comparison<>(StreamFigures.ofMerging(), merged);
    Comparison<StreamFigures> known = new Comparison<>(StreamFigures.ofKnown(), many);
    Comparison<JoinFigures> joining =
        new Comparison<>(
            JoinFigures.metrics(), Map.of("a run of %,d tokens".formatted(options.tokens), joins));
    return new Section(
        "runs: an agent's text, token by token",
        "medians of %d rounds, a fresh server each".formatted(options.rounds),
        bench.command(),
        placement.environment(bench),
        List.of(
            "%,d conversations, a client each, %.0f tokens/s of each:"
                .formatted(options.conversations, options.rate),
            merging.table(true),
            "%,.0f tokens/s in %,d conversations of many known, and in all of few:"
                .formatted(options.knownRate, options.subscribed),
            known.table(true),
            "%d joins one after the other, of a run in progress:".formatted(options.joins),
            joining.table(true),
            "Every client of every round:",
            Section.list(List.of(check.summary())),
            "Every round:",
            merging.everyRound("clients"),
            known.everyRound("conversations"),
            joining.everyRound("run")));
  }
}
