/** What a run showed, as tables of Markdown. */
@NullMarked
package io.millrace.bench.report;

import org.jspecify.annotations.NullMarked;
