package io.millrace.tail;

import java.util.List;

/**
 * What a {@link TailLog} holds at one moment: immutable but for the last segment, which grows. Any
 * thread.
 *
 * @param epoch short hash that names the topic in cursors
 * @param begin the first place since the log was last started
 * @param segments oldest first
 */
record View(String epoch, long begin, List<Segment> segments) {

  Segment last() {
    return segments.get(segments.size() - 1);
  }

  /** The segment a sequence number falls into; there is one at or before it. */
  int indexOf(long seq) {
    int low = 0;
    int high = segments.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (segments.get(middle).base() <= seq) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
