package io.millrace.bench.fanout;

import io.millrace.bench.measure.LoadFigure;
import io.millrace.bench.stream.DeliveryCheck;

/**
 * What one server showed in one round.
 *
 * @param idleBytesPerStream resident memory that a silent stream adds
 * @param paced under events at a fixed pace, each alone
 * @param saturated with as little in flight as keeps it busy
 * @param burst with many events in flight
 * @param check of every event of the round, warm-up included
 */
record RoundFigures(
    double idleBytesPerStream,
    LoadFigure paced,
    LoadFigure saturated,
    LoadFigure burst,
    DeliveryCheck check) {}
