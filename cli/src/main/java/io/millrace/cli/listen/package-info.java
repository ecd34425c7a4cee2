/** Reading a stream as the WHATWG standard says: parser, reconnection, printing. */
@NullMarked
package io.millrace.cli.listen;

import org.jspecify.annotations.NullMarked;
