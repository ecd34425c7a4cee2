/** One class for each group of faults: which phases show them, and how they are told apart. */
@NullMarked
package io.millrace.cli.doctor.check;

import org.jspecify.annotations.NullMarked;
