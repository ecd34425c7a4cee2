/** The one configuration interface. Used by all, uses none. */
@NullMarked
package io.millrace.config;

import org.jspecify.annotations.NullMarked;
