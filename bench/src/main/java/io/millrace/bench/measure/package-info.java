/** What the kernel says about a process and this machine. */
@NullMarked
package io.millrace.bench.measure;

import org.jspecify.annotations.NullMarked;
