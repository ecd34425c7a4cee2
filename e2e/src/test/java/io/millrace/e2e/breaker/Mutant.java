package io.millrace.e2e.breaker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * A bug put into a copy of the packaged service on purpose: one kind of instruction of one method
 * becomes another. The service itself knows nothing of it.
 */
enum Mutant {
  /** While ahead of a replica, ids carry that replica's bare positions. */
  CURSORS_NOT_MERGED(
      "fanout/Subscriber",
      "take",
      instruction -> isCall(instruction, "max"),
      call -> List.of(new InsnNode(Opcodes.POP))),

  /** An event right at a subscriber's place counts as given: {@code >} for {@code >=}. */
  PLACE_COUNTS_AS_GIVEN(
      "fanout/LiveDelivery",
      "given",
      instruction -> instruction.getOpcode() == Opcodes.IFLT,
      jump -> List.of(new JumpInsnNode(Opcodes.IFLE, ((JumpInsnNode) jump).label))),

  /** Those who catch up count as live after one turn, whether there is more to read or not. */
  CATCHING_UP_NOT_FINISHED(
      "fanout/CatchUp",
      "turn",
      instruction -> followedBy(instruction, Opcodes.ILOAD, Opcodes.IFEQ),
      more -> List.of(new InsnNode(Opcodes.ICONST_0))),

  /** The tail takes over from a replay or a cursor without a look at how far back it reaches. */
  HAND_OVER_NOT_CHECKED(
      "tail/TailLog",
      "resume",
      instruction -> instruction instanceof MethodInsnNode call && call.name.equals("empty"),
      empty ->
          List.of(
              new VarInsnNode(Opcodes.ALOAD, 0),
              new MethodInsnNode(
                  Opcodes.INVOKEVIRTUAL, "io/millrace/tail/TailLog", "first", "()J", false),
              new MethodInsnNode(
                  Opcodes.INVOKESTATIC,
                  "java/util/OptionalLong",
                  "of",
                  "(J)Ljava/util/OptionalLong;",
                  false))),

  /** The first partition is not looked at when places are compared. */
  PARTITION_FORGOTTEN(
      "event/Positions",
      "covers",
      instruction -> followedBy(instruction, Opcodes.ICONST_0, Opcodes.ISTORE),
      zero -> List.of(new InsnNode(Opcodes.ICONST_1)));

  private static final String JAR_PREFIX = "io.millrace.millrace-event-bus-";

  private final String className;
  private final String methodName;
  private final Predicate<AbstractInsnNode> finds;
  private final Function<AbstractInsnNode, List<AbstractInsnNode>> makes;

  Mutant(
      String className,
      String methodName,
      Predicate<AbstractInsnNode> finds,
      Function<AbstractInsnNode, List<AbstractInsnNode>> makes) {
    this.className = "io/millrace/" + className;
    this.methodName = methodName;
    this.finds = finds;
    this.makes = makes;
  }

  /** Puts a copy of the packaged service there, with this bug in it. */
  void breed(Path app, Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(app)) {
      for (Path file : files.toList()) {
        Path target = copy.resolve(app.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
          if (file.getFileName().toString().startsWith(JAR_PREFIX)) {
            mutate(target);
          }
        }
      }
    }
  }

  private void mutate(Path jar) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      Path file = files.getPath(className + ".class");
      ClassNode mutated = new ClassNode();
      try (InputStream in = Files.newInputStream(file)) {
        new ClassReader(in).accept(mutated, 0);
      }
      mutate(mutated);
      ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
      mutated.accept(writer);
      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(writer.toByteArray());
      }
    }
  }

  private void mutate(ClassNode mutated) {
    List<MethodNode> methods =
        mutated.methods.stream()
            .filter(method -> method.name.equals(methodName))
            .filter(method -> Stream.of(method.instructions.toArray()).anyMatch(finds))
            .toList();
    if (methods.isEmpty()) {
      throw new IllegalStateException(this + " finds nothing to change in " + className);
    }
    for (MethodNode method : methods) {
      // All of them: javac writes a finally block once for each way out.
      for (AbstractInsnNode found :
          Stream.of(method.instructions.toArray()).filter(finds).toList()) {
        makes.apply(found).forEach(made -> method.instructions.insertBefore(found, made));
        method.instructions.remove(found);
      }
    }
  }

  private static boolean isCall(AbstractInsnNode instruction, String ofPositions) {
    return instruction instanceof MethodInsnNode call
        && call.owner.equals("io/millrace/event/Positions")
        && call.name.equals(ofPositions);
  }

  private static boolean followedBy(AbstractInsnNode instruction, int opcode, int next) {
    return instruction.getOpcode() == opcode
        && instruction.getNext() != null
        && instruction.getNext().getOpcode() == next;
  }
}
