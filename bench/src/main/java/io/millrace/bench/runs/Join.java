package io.millrace.bench.runs;

import io.millrace.bench.load.StreamTarget;
import io.millrace.bench.stream.BenchClock;
import io.millrace.bench.stream.LineScanner;
import io.millrace.bench.stream.LoopTally;
import io.millrace.bench.stream.ResponseHead;
import io.millrace.bench.stream.StreamBody;
import io.millrace.bench.stream.StreamProgress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One client that joins a run late, from its connect to the last token there was.
 *
 * @param firstNanos until the first bytes of the answer
 * @param wholeNanos until it had every token, each once and in order
 */
record Join(long firstNanos, long wholeNanos) {

  private static final int READ_BYTES = 64 << 10;
  private static final int LONGEST_SILENCE_MS = 60_000;

  /** Joins, and leaves when it has so many tokens. */
  static Join of(StreamTarget target, long tokens) throws IOException {
    long start = BenchClock.nanos();
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(LONGEST_SILENCE_MS);
      socket.connect(target.address());
      socket.getOutputStream().write(target.requests().of(0, Optional.empty()));
      LoopTally tally = new LoopTally();
      StreamProgress progress = new StreamProgress(tally, 0, false, false);
      long first = read(socket.getInputStream(), progress, tokens) - start;
      long whole = BenchClock.nanos() - start;
      progress.readDone(0);
      if (tally.delivered() != tokens) {
        throw new IllegalStateException(
            "a join got %,d tokens, not %,d".formatted(tally.delivered(), tokens));
      }
      return new Join(first, whole);
    }
  }

  /** Returns when the first bytes came. */
  private static long read(InputStream in, StreamProgress progress, long tokens)
      throws IOException {
    AtomicBoolean whole = new AtomicBoolean();
    progress.onReaching(tokens, () -> whole.set(true));
    byte[] bytes = new byte[READ_BYTES];
    ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
    ResponseHead head = new ResponseHead();
    StreamBody body = null;
    long first = 0;
    while (!whole.get()) {
      int length = in.read(bytes);
      if (length < 0) {
        throw new IOException("the stream of a run that goes on has ended: " + head);
      }
      first = first == 0 ? BenchClock.nanos() : first;
      int at = 0;
      if (body == null) {
        at = head.read(buffer.setIndex(0, length));
        body =
            head.isComplete() ? new StreamBody(new LineScanner(progress), head.isChunked()) : null;
      }
      if (body != null) {
        body.read(buffer, at, length);
      }
    }
    return first;
  }
}
