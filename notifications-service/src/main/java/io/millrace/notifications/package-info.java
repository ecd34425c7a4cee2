/** Owns {@code /api/notifications}: what addresses a person is what their token says of them. */
@NullMarked
package io.millrace.notifications;

import org.jspecify.annotations.NullMarked;
