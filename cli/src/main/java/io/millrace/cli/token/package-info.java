/** Development tokens: the key made on first use, and the JWTs it signs. */
@NullMarked
package io.millrace.cli.token;

import org.jspecify.annotations.NullMarked;
