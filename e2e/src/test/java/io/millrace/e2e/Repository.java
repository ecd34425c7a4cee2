package io.millrace.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of this repository, wherever the tests were started. */
public final class Repository {

  private static final Path ROOT = findRoot();

  private Repository() {}

  public static Path path(String relative) {
    return ROOT.resolve(relative);
  }

  public static String text(String relative) {
    try {
      return Files.readString(path(relative));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path findRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("ingress/contract.yaml"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("Not started inside the repository");
      }
    }
    return folder;
  }
}
