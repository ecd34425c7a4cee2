/** What a replica is doing, from the meters on its management port. */
@NullMarked
package io.millrace.cli.top;

import org.jspecify.annotations.NullMarked;
