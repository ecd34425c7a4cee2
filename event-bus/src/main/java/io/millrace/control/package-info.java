/** What was revoked or ended: told by the control topic, asked by requests and streams. */
@NullMarked
package io.millrace.control;

import org.jspecify.annotations.NullMarked;
