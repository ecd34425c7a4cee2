package io.millrace.kafka.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** Where the broker keeps its log: a directory to keep, or a temporary one that goes at the end. */
record DataDirectory(Path path, boolean temporary) {

  static DataDirectory kept(Path path) {
    try {
      return new DataDirectory(Files.createDirectories(path.toAbsolutePath()), false);
    } catch (IOException e) {
      throw new EmbeddedKafkaException("cannot use " + path + " as data directory: " + e, e);
    }
  }

  static DataDirectory temporaryOne() {
    try {
      return new DataDirectory(Files.createTempDirectory("millrace-kafka-"), true);
    } catch (IOException e) {
      throw new EmbeddedKafkaException("cannot create a temporary data directory: " + e, e);
    }
  }

  /** Makes the directory ready for a broker, unless one has used it before; names its cluster. */
  String format() {
    try {
      Optional<String> known = clusterId();
      if (known.isPresent()) {
        return known.get();
      }
      String clusterId = Uuid.randomUuid().toString();
      new Formatter()
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
          .setNodeId(BrokerProperties.NODE_ID)
          .setClusterId(clusterId)
          .addDirectory(path.toString())
          .setMetadataLogDirectory(path.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .run();
      return clusterId;
    } catch (Exception e) {
      throw new EmbeddedKafkaException("cannot prepare the data directory " + path + ": " + e, e);
    }
  }

  private Optional<String> clusterId() throws IOException {
    return new MetaPropertiesEnsemble.Loader()
        .addLogDirs(List.of(path.toString()))
        .addMetadataLogDir(path.toString())
        .load()
        .clusterId();
  }

  /** Deletes a temporary directory; leaves any other alone. */
  void release() {
    if (!temporary) {
      return;
    }
    try {
      Files.walkFileTree(path, new Deletion());
    } catch (NoSuchFileException gone) {
      // Somebody else cleaned up.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE; // Kafka removes files of its own accord a little later.
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
        throws IOException {
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
