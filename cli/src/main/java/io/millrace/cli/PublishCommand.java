package io.millrace.cli;

import io.millrace.cli.publish.JsonText;
import io.millrace.cli.publish.OutgoingRecord;
import io.millrace.cli.publish.RecordPublisher;
import io.millrace.cli.runtime.LogFile;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes one record and says where it is. */
@Command(
    name = "publish",
    description = "Publish one record and wait until the broker has it (acks=all).",
    mixinStandardHelpOptions = true)
final class PublishCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "TOPIC", description = "notifications or ai-events.")
  String topic = "";

  @Parameters(
      index = "1",
      paramLabel = "KEY",
      description =
          "Whom it is for (user:alice, tenant:acme, role:acme/admins, all), or the conversation.")
  String key = "";

  @Parameters(index = "2", paramLabel = "JSON", description = "What the browser gets as data.")
  String json = "";

  @Option(
      names = "--type",
      paramLabel = "NAME",
      description = "The event name; without it a browser's onmessage gets the event.")
  Optional<String> type = Optional.empty();

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "Whom it is for, instead of the key. May be repeated.")
  List<String> scopes = List.of();

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:9092",
      description = "The broker. Default: ${DEFAULT-VALUE}.")
  String bootstrap = "";

  @Override
  public void run() {
    LogFile.none();
    OutgoingRecord record = new OutgoingRecord(topic, key, new JsonText(json), type, scopes);
    try (RecordPublisher publisher = RecordPublisher.connect(bootstrap)) {
      RecordMetadata where = publisher.publish(record);
      PrintWriter out = spec.commandLine().getOut();
      out.printf("%s partition %d offset %d%n", topic, where.partition(), where.offset());
      out.flush();
    }
  }
}
