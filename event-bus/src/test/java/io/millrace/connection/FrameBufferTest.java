package io.millrace.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBufferTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 255, 256, 70_000, 20_000_000})
  void isOneHttpChunk(int length) {
    FrameBuffer frames = of("x".repeat(length), 16);

    String chunk = text(frames.chunk());

    assertEquals(Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n", chunk);
    assertEquals("x".repeat(length), new String(frames.payload(), StandardCharsets.UTF_8));
    assertEquals(length, frames.payloadBytes());
    frames.release();
  }

  @Test
  void isFreedWhenEveryHolderLetGo() {
    FrameBuffer frames = of("data", 16);
    ByteBuf first = frames.chunk();
    ByteBuf second = frames.chunk();

    frames.release();
    first.release();

    assertEquals(1, second.refCnt());
    second.release();
    assertEquals(0, second.refCnt());
  }

  @Test
  void keepsNothingWhenEncodingFails() {
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

    assertThrows(
        IllegalStateException.class,
        () ->
            FrameBuffer.of(
                allocator,
                16,
                out -> {
                  throw new IllegalStateException("broken on purpose");
                }));

    assertEquals(0, allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory());
  }

  private static FrameBuffer of(String frames, int expectedBytes) {
    return FrameBuffer.of(
        UnpooledByteBufAllocator.DEFAULT,
        expectedBytes,
        out -> out.writeCharSequence(frames, StandardCharsets.UTF_8));
  }

  private static String text(ByteBuf chunk) {
    try {
      return chunk.toString(StandardCharsets.UTF_8);
    } finally {
      chunk.release();
    }
  }
}
