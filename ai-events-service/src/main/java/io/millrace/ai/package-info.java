/**
 * Owns {@code /api/ai/events}: an agent's run, streamed to those who may follow its conversation.
 */
@NullMarked
package io.millrace.ai;

import org.jspecify.annotations.NullMarked;
