/** What an examination can find, and what can keep it from taking place. Values only. */
@NullMarked
package io.millrace.cli.doctor.finding;

import org.jspecify.annotations.NullMarked;
