/** What every scenario needs around it: options, a broker, a directory, something to publish. */
@NullMarked
package io.millrace.bench.run;

import org.jspecify.annotations.NullMarked;
