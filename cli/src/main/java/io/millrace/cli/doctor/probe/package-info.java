/** The client's side of the probe protocol ({@code docs/probe.md}), with the time of every read. */
@NullMarked
package io.millrace.cli.doctor.probe;

import org.jspecify.annotations.NullMarked;
