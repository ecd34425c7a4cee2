/**
 * Whether tokens can be checked, and why one was refused: the keys of the issuer, and what is wrong
 * with a token. Uses nobody.
 */
@NullMarked
package io.millrace.identity;

import org.jspecify.annotations.NullMarked;
