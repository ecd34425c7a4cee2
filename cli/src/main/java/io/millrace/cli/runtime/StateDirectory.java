package io.millrace.cli.runtime;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The user's own directory for what outlives a command: the development key, logs.
 *
 * <p>{@code $XDG_STATE_HOME/millrace}, by default {@code ~/.local/state/millrace}; mode 700.
 */
public record StateDirectory(Path path) {

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  /** The directory of the user who runs this process. */
  public static StateDirectory ofUser() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static StateDirectory of(Map<String, String> environment, Path home) {
    String configured = environment.getOrDefault("XDG_STATE_HOME", "");
    // The XDG specification: a relative path is to be ignored.
    Path base =
        Path.of(configured).isAbsolute() ? Path.of(configured) : home.resolve(".local/state");
    return new StateDirectory(base.resolve("millrace"));
  }

  /** A file in this directory, which is made when it does not exist. */
  public Path file(String name) {
    return directory(path).resolve(name);
  }

  /** A directory in this directory; both are made when they do not exist. */
  public Path directory(String name) {
    return directory(directory(path).resolve(name));
  }

  private static Path directory(Path directory) {
    try {
      return Files.createDirectories(directory, mode("rwx------"));
    } catch (IOException e) {
      throw new Failure("cannot create the directory " + directory + ": " + e, e);
    }
  }

  /** The attribute that creates a file or directory with this mode, where the system has modes. */
  public static FileAttribute<?>[] mode(String mode) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
