/**
 * {@code millrace doctor}: asks the probe of a surface through a chain of proxies and says which of
 * its faults a tier has. {@code probe} talks, {@code check} judges, {@code finding} has the words,
 * {@code tier} knows the suspects and the rules; this package puts them together.
 */
@NullMarked
package io.millrace.cli.doctor;

import org.jspecify.annotations.NullMarked;
