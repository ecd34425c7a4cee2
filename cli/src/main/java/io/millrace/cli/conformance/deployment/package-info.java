/** What is tested: where it is, who asks, and how an event comes to it. */
@NullMarked
package io.millrace.cli.conformance.deployment;

import org.jspecify.annotations.NullMarked;
